using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Api;

/// <summary>What became of a batch of devices: registered + unchanged + refused is their number.</summary>
/// <param name="Registered">New ones.</param>
/// <param name="Unchanged">Registered before with the same content.</param>
/// <param name="Refused">Not registered; their errors say why.</param>
/// <param name="Results">One per device, in the order of the request.</param>
internal sealed record DeviceBatchAnswer(int Registered, int Unchanged, int Refused, IReadOnlyList<DeviceBatchResult> Results);

/// <summary>What became of one device.</summary>
/// <param name="Id">As it was sent; null when it could not be read.</param>
/// <param name="Status">registered, unchanged or refused.</param>
/// <param name="Errors">Why it was refused; null when it was not. Pointers are into the request's body.</param>
internal sealed record DeviceBatchResult(string? Id, string Status, IReadOnlyList<ProblemError>? Errors);
