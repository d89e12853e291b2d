namespace OrleansBilling.Core.Taxation.Numbers;

/// <summary>What a number looks like, without asking anybody.</summary>
/// <param name="IsValid">Whether syntax and check digits are right. A valid number need not exist.</param>
/// <param name="Normalized">In capital letters, without separators; EU numbers with their prefix (<c>EL</c> of Greece).</param>
/// <param name="Form">What a number of the country looks like, for messages.</param>
public sealed record TaxNumberResult(bool IsValid, string Normalized, string Form);
