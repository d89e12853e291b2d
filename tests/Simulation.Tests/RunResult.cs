using OrleansBilling.Simulation.Checks;

namespace OrleansBilling.Simulation;

/// <summary>What came of one simulation.</summary>
/// <param name="TraceHash">The same for the same seed, always.</param>
/// <param name="Steps">Tasks run and instants reached.</param>
/// <param name="Strikes">Faults on purpose, besides those of single calls.</param>
/// <param name="Answers">Clear answers that clients got, each about one event.</param>
/// <param name="Unclear">Batches whose outcome clients were not told.</param>
/// <param name="Sights">Kinds of things that happened in it.</param>
/// <param name="Findings">Empty when all is well.</param>
internal sealed record RunResult(
    ulong Seed, ulong TraceHash, long Steps, int Strikes, int Answers, int Unclear, IReadOnlySet<string> Sights,
    IReadOnlyList<Finding> Findings)
{
    private static readonly string[] SeenByClients = ["lost", "double", "invented"];

    /// <summary>Whether what clients wrote down, compared with the log, is enough to see that something is wrong.</summary>
    public bool ClientsLost => Findings.Any(f => SeenByClients.Contains(f.Rule));
}
