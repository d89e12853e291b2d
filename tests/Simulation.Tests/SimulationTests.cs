using Xunit.Abstractions;

namespace OrleansBilling.Simulation;

public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 3_000;

    /// <summary>The same seeds, and more, in which <see cref="MutationTests"/> find the bugs that are planted.</summary>
    [Fact]
    public void No_seed_breaks_a_promise_and_everything_that_may_happen_happens_in_some()
    {
        var sweep = new Sweep(1, Seeds, Environment.ProcessorCount, Mutation.None);
        sweep.Run();

        var first = sweep.Failures.OrderBy(f => f.Seed).FirstOrDefault();
        Assert.True(first is null, first is null ? "" : $"{sweep.Failed} of {sweep.Done} seeds failed; the first: "
            + $"tests/simulate --seed {first.Seed} --trace\n{string.Join('\n', first.Findings)}");
        output.WriteLine($"{sweep.Done} seeds, {sweep.Strikes} strikes, {sweep.Answers} answers, {sweep.Unclear} unclear");
        output.WriteLine(string.Join(", ", sweep.Sights.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}")));
        string[] wanted =
        [
            "written", "written without an answer", "fenced", "out of sequence", "loaded from a snapshot", "found fenced",
            "handed over", "stopped in good order", "refused for load", "period closed", "answered Accepted", "answered Duplicate", "answered Conflict", "answered Late",
        ];
        Assert.All(wanted, sight => Assert.True(sweep.Sights.GetValueOrDefault(sight) > 10, $"'{sight}' is too rare"));
    }

    [Fact]
    public void The_same_seed_gives_the_same_trace_whoever_else_runs_and_whether_or_not_somebody_reads_it()
    {
        const int Few = 24;
        var read = Enumerable.Range(1, Few).Select(seed => SimulationRun.Execute((ulong)seed, trace: TextWriter.Null).TraceHash).ToArray();
        var again = new ulong[Few];
        Parallel.For(0, Few, i => again[i] = SimulationRun.Execute((ulong)i + 1).TraceHash);

        Assert.Equal(read, again);
        Assert.Equal(Few, read.Distinct().Count());
    }
}
