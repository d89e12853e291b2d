namespace OrleansBilling.Cluster.Tests.Chaos;

/// <summary>How a run ended.</summary>
/// <param name="Findings">Everything that is wrong.</param>
/// <param name="Summary">For people.</param>
/// <param name="Directory">Where journal and logs are, if they were kept.</param>
internal sealed record ChaosResult(IReadOnlyList<string> Findings, string Summary, string? Directory)
{
    private const int Shown = 25;

    public bool Passed => Findings.Count == 0;

    public override string ToString() => Passed
        ? $"{Summary}\nPASSED"
        : $"{Summary}\nFAILED: {Findings.Count} findings; journal, logs and database are in {Directory}\n"
            + string.Join('\n', Findings.Take(Shown).Select(finding => finding.Length > 600 ? finding[..600] + "…" : finding));
}
