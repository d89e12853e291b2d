using Xunit.Abstractions;

namespace OrleansBilling.Simulation;

/// <summary>Tests of the harness: a bug that is planted must be found soon.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    private const int Bound = 400;

    [Theory]
    [InlineData(Mutation.EpochCheckSkipped)]
    [InlineData(Mutation.AnsweredBeforeDurable)]
    [InlineData(Mutation.DuplicateNotWaitedFor)]
    [InlineData(Mutation.UnknownTakenAsWritten)]
    [InlineData(Mutation.LoadedWithoutNewEpoch)]
    [InlineData(Mutation.SnapshotAheadOfLog)]
    public void A_planted_bug_is_found(Mutation mutation) => Find(mutation, result => result.Findings.Count > 0);

    /// <summary>Without anything but the answers that clients wrote down and the log as it is in the end.</summary>
    [Theory]
    [InlineData(Mutation.AnsweredBeforeDurable)]
    [InlineData(Mutation.DuplicateNotWaitedFor)]
    [InlineData(Mutation.UnknownTakenAsWritten)]
    public void A_planted_bug_that_loses_usage_is_found_from_what_clients_wrote_down_alone(Mutation mutation) =>
        Find(mutation, result => result.ClientsLost);

    private void Find(Mutation mutation, Func<RunResult, bool> fails)
    {
        var sweep = new Sweep(1, Bound, Environment.ProcessorCount, mutation) { Enough = 1, Fails = fails };
        sweep.Run();

        var found = sweep.Failures.MinBy(f => f.Seed);
        Assert.True(found is not null, $"{mutation} was not found in {sweep.Done} seeds");
        output.WriteLine($"{mutation} was found with {sweep.Done} seeds, in seed {found.Seed}: {string.Join("; ", found.Findings.Take(3))}");
    }
}
