using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Api;

/// <summary>What became of changes of many devices: changed + unchanged + refused is their number.</summary>
/// <param name="Changed">Carried out.</param>
/// <param name="Unchanged">So already.</param>
/// <param name="Refused">Not carried out; their errors say why.</param>
/// <param name="Results">One per change, in the order of the request.</param>
internal sealed record DeviceChangesAnswer(int Changed, int Unchanged, int Refused, IReadOnlyList<DeviceChangeResult> Results);

/// <summary>What became of one change.</summary>
/// <param name="Device">As it was sent; null when it could not be read.</param>
/// <param name="Status">changed, unchanged or refused.</param>
/// <param name="Errors">Why it was refused; null when it was not. Pointers are into the request's body.</param>
internal sealed record DeviceChangeResult(string? Device, string Status, IReadOnlyList<ProblemError>? Errors);
