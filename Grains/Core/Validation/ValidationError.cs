using System.Diagnostics.CodeAnalysis;

namespace OrleansBilling.Core.Validation;

/// <summary>One thing wrong with a definition that a caller sent.</summary>
/// <param name="Pointer">JSON pointer (RFC 6901) to the value at fault, e.g. <c>/charges/0/tiers/1/upTo</c>; empty
/// for the whole document.</param>
/// <param name="Code">Stable, dotted and documented, e.g. <c>plan.tiers_not_ascending</c>.</param>
/// <param name="Message">An English sentence that says what is wrong and how to fix it; not stable.</param>
[SuppressMessage("Naming", "CA1720", Justification = "RFC 6901 calls it a pointer.")]
public sealed record ValidationError(string Pointer, string Code, string Message);
