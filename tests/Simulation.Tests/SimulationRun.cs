using NodaTime;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Grains.Subscriptions;
using OrleansBilling.Simulation.Checks;
using OrleansBilling.Simulation.Clients;
using OrleansBilling.Simulation.Cluster;
using OrleansBilling.Simulation.Faults;
using OrleansBilling.Simulation.Running;

namespace OrleansBilling.Simulation;

/// <summary>
/// One simulation, from one seed: trouble for a while, then healing, then the checks. Runs on the calling thread to its end.
/// </summary>
internal sealed class SimulationRun
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);
    private static readonly Instant PeriodEnd = Instant.FromUtc(2026, 2, 1, 0, 0);
    private const int MostSettling = 10;
    private readonly World _world;
    private readonly SimulatedCluster _cluster;
    private readonly SimulatedClients _clients;
    private readonly Nemesis _nemesis;

    private SimulationRun(ulong seed, Mutation mutation, TextWriter? trace)
    {
        _world = new(seed, mutation, trace);
        _cluster = new(_world, new(_world.Plan.Partitions, _world.Timeline, _world.Findings));
        _clients = new(_world, _cluster);
        _nemesis = new(_world, _cluster);
    }

    /// <param name="trace">Where the trace goes as text; null keeps only its hash.</param>
    public static RunResult Execute(ulong seed, Mutation mutation = Mutation.None, TextWriter? trace = null)
    {
        trace?.WriteLine($"seed {seed}, mutation {mutation}");
        var run = new SimulationRun(seed, mutation, trace);
        run._world.Trace.Note($"{run._world.Plan}");
        run.Execute();
        return new(
            seed, run._world.Trace.Hash, run._world.Steps, run._nemesis.Count,
            run._clients.Notebook.Sum(e => e.Answers.Count), run._clients.Unclear, run._world.Sights, [.. run._world.Findings.All]);
    }

    private void Execute()
    {
        _cluster.Start();
        _clients.Start();
        _nemesis.Start();
        _world.RunUntil(() => false, _world.Plan.Trouble);
        _nemesis.Heal();
        if (!_world.RunUntil(() => _clients.Finished, Recovery))
        {
            var open = _clients.Notebook.Count(e => !e.Settled);
            _world.Findings.Add("liveness", $"{open} events have no clear answer {Recovery} after everything was mended");
        }
        FinalCheck check;
        Finding[] unsettled;
        var patience = MostSettling;
        do
        {
            // What left dead silos may still take effect for some seconds.
            _world.RunUntil(() => false, Settling);
            check = new(_world, _cluster.Store.Image, _clients.Notebook);
            unsettled = [.. Unsettled(check)];
        }
        while (unsettled.Length > 0 && --patience > 0);
        check.Run();
        foreach (var finding in unsettled)
        {
            _world.Findings.Add(finding.Rule, finding.What);
        }
        foreach (var silo in _cluster.Silos.Where(s => s.Running))
        {
            silo.Crash();
        }
    }

    /// <summary>In the end every subscription has heard what every partition counts, and its ended periods are closed.</summary>
    private IEnumerable<Finding> Unsettled(FinalCheck check) =>
        Enumerable.Range(0, _world.Plan.Partitions).SelectMany(p => Unsettled(check, p));

    private Finding[] Unsettled(FinalCheck check, int partition)
    {
        try
        {
            return _cluster.OwnerOf(partition).Host.Find(partition) is { } live
                ? live.Do(t => t.State.Subscriptions.All.SelectMany(s => Unsettled(check, s)).ToArray())
                : [new("liveness", $"partition {partition} is not loaded where it belongs")];
        }
        catch (PartitionUnavailableException e)
        {
            return [new("liveness", $"partition {partition} does not serve: {e.Message}")];
        }
    }

    private static IEnumerable<Finding> Unsettled(FinalCheck check, SubscriptionState subscription)
    {
        var totals = subscription.Totals();
        foreach (var (usage, billed) in check.PeriodsOf(subscription.Spec.Id))
        {
            var heard = totals.UpTo(usage, billed).Values.Sum(b => b.Quantity)
                - totals.UpTo(usage, billed - 1).Values.Sum(b => b.Quantity);
            var counted = check.Total(subscription.Spec.Id, usage, billed);
            if (heard != counted)
            {
                yield return new("delivery", $"{subscription.Spec.Id} heard {heard} for {usage}/{billed}, counted were {counted}");
            }
        }
        if (subscription.NextEnd() <= PeriodEnd)
        {
            yield return new("liveness", $"{subscription.Spec.Id} still has its period to {subscription.NextEnd()} open");
        }
    }
}
