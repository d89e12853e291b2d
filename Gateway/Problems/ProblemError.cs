using OrleansBilling.Core.Documents;

namespace OrleansBilling.Gateway.Problems;

/// <summary>One thing wrong with a request.</summary>
/// <param name="Code">Stable and dotted; listed in docs/api.md.</param>
/// <param name="Message">A sentence for people that says how to put it right; not stable.</param>
/// <param name="Pointer">JSON pointer into the body; empty for the whole body, null when it is not about the
/// body.</param>
/// <param name="Parameter">Name of the query parameter or header concerned; null when it is about the body.</param>
public sealed record ProblemError(string Code, string Message, string? Pointer, string? Parameter = null)
{
    /// <summary>Where a YAML body has it; null for other bodies.</summary>
    public TextPosition? At { get; init; }
}
