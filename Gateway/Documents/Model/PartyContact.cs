namespace OrleansBilling.Documents;

/// <summary>Whom to ask, BG-6 of the seller or BG-9 of the buyer.</summary>
/// <param name="Name">Person or department (BT-41, BT-56).</param>
/// <param name="Telephone">BT-42, BT-57.</param>
/// <param name="Email">BT-43, BT-58.</param>
public sealed record PartyContact(string? Name = null, string? Telephone = null, string? Email = null);
