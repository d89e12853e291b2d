namespace OrleansBilling.Core.Usage;

/// <summary>The answer of <see cref="RegisterHistory"/> to a reading or a reset.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Changes">At most two, in time order; empty unless accepted.</param>
public sealed record RegisterResult(RegisterOutcome Outcome, IReadOnlyList<RegisterChange> Changes)
{
    /// <summary>Whether it was taken.</summary>
    public bool Accepted => Outcome == RegisterOutcome.Accepted;

    internal static RegisterResult Rejected(RegisterOutcome outcome) => new(outcome, []);
}
