using OrleansBilling.Cluster.Tests.Chaos.Network;
using OrleansBilling.Cluster.Tests.Chaos.Processes;
using OrleansBilling.Tests.Support;

namespace OrleansBilling.Cluster.Tests.Chaos.Nemeses;

/// <summary>The faults themselves. All that is random is drawn before a fault begins, so that a seed gives the same plan.</summary>
internal sealed partial class Nemesis
{
    private const string DatabaseClaim = "database";
    private static readonly TimeSpan BackLimit = TimeSpan.FromSeconds(60);

    private static readonly LinkState[] Holes = [LinkState.BlackHole, LinkState.HoldsRequests, LinkState.HoldsAnswers];

    private string[] Everything =>
        [DatabaseClaim, .. cluster.Silos.Select(silo => silo.Name), .. cluster.Gateways.Select(gateway => gateway.Name)];

    private Fault Make(FaultKind kind)
    {
        var silo = cluster.Silos[random.Next(silos)];
        var gateway = cluster.Gateways[random.Next(cluster.Gateways.Count)];
        var hole = Holes[random.Next(Holes.Length)];
        // Gateways only read the membership there.
        var (user, database) = random.Next(5) == 0 ? (gateway.Name, gateway.Database) : (silo.Name, silo.Database);
        return kind switch
        {
            FaultKind.KillSilo => KillSilo(silo),
            FaultKind.KillGateway => KillGateway(gateway),
            FaultKind.PauseSilo => PauseSilo(silo),
            FaultKind.RestartDatabase => StopDatabase(kind, PostgresStop.Fast, Between(0.1, 3)),
            FaultKind.CrashDatabase => StopDatabase(kind, PostgresStop.Immediate, Between(0.1, 3)),
            FaultKind.CutDatabase => Break(kind, user, database, LinkState.Cut, Between(1, 8)),
            FaultKind.HoldDatabase => Break(kind, user, database, hole, Between(2, 18)),
            FaultKind.SlowDatabase => SlowDatabase(),
            FaultKind.CutSilo => Break(kind, silo.Name, silo.Silos, LinkState.Cut, Between(1, 8)),
            FaultKind.HoldSilo => Break(kind, silo.Name, silo.Silos, hole, Between(2, 18)),
            FaultKind.CutGateway => Break(kind, silo.Name, silo.Gateways, LinkState.Cut, Between(1, 8)),
            FaultKind.HoldGateway => Break(kind, silo.Name, silo.Gateways, hole, Between(2, 18)),
            FaultKind.RollSilos => new(kind, "all silos", Everything, RollAsync),
            FaultKind.Scale => new(kind, $"{silos}→1→{silos + 1}→{silos}", Everything, ScaleAsync),
            FaultKind.KillEverything => KillEverything(),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such fault."),
        };
    }

    private Fault KillSilo(SiloNode silo)
    {
        var (away, moves) = (Between(0.2, 5), Chance(30));
        return new(FaultKind.KillSilo, silo.Name, [silo.Name], async () =>
        {
            await silo.KillAsync();
            await Task.Delay(away, time);
            if (moves)
            {
                await silo.MoveAsync();
            }

            await StartAsync(silo);
        });
    }

    private Fault KillGateway(GatewayNode gateway)
    {
        var (away, moves) = (Between(0.2, 3), Chance(30));
        return new(FaultKind.KillGateway, gateway.Name, [gateway.Name], async () =>
        {
            await gateway.KillAsync();
            await Task.Delay(away, time);
            if (moves)
            {
                gateway.Move();
            }

            gateway.Start();
            await BackAsync(gateway.Address.Http);
        });
    }

    private Fault PauseSilo(SiloNode silo)
    {
        var away = Between(8, 20);
        return new(FaultKind.PauseSilo, $"{silo.Name} for {away.TotalSeconds:N0} s", [silo.Name], async () =>
        {
            silo.Pause();
            await Task.Delay(away, time);
            silo.Resume();
            // It learns that it was declared dead and ends; the node starts it again.
            await Task.Delay(Between(1, 2), time);
            await BackAsync(silo.ManagementUrl);
        });
    }

    private Fault StopDatabase(FaultKind kind, PostgresStop how, TimeSpan away) => new(
        kind, $"for {away.TotalSeconds:N1} s", [DatabaseClaim], async () =>
        {
            await cluster.Database.StopAsync(how);
            await Task.Delay(away, time);
            await cluster.Database.StartAsync();
        });

    private Fault SlowDatabase()
    {
        var (delay, slow) = (random.Next(5, 250), Between(3, 12));
        SiloNode[] which = Chance(50) ? [.. cluster.Silos] : [cluster.Silos[random.Next(silos)]];
        return new(
            FaultKind.SlowDatabase,
            $"{delay} ms for {string.Join(' ', which.Select(silo => silo.Name))}",
            [.. which.Select(silo => silo.Database.Name)],
            async () =>
            {
                Array.ForEach(which, silo => silo.Database.DelayMs = delay);
                await Task.Delay(slow, time);
                Array.ForEach(which, silo => silo.Database.DelayMs = 0);
            });
    }

    private Fault Break(FaultKind kind, string silo, TcpProxy link, LinkState state, TimeSpan away)
    {
        // What was held either arrives late after all, or its connection is lost.
        var reset = Chance(50);
        return new(kind, $"{link.Name} {state} for {away.TotalSeconds:N1} s", [silo, link.Name], async () =>
        {
            link.Set(state);
            await Task.Delay(away, time);
            link.Set(LinkState.Open, reset);
        });
    }

    private async Task RollAsync()
    {
        foreach (var silo in cluster.Silos.Take(silos))
        {
            await silo.TerminateAsync();
            await StartAsync(silo);
        }
    }

    private async Task ScaleAsync()
    {
        foreach (var silo in cluster.Silos.Take(silos).Skip(1))
        {
            await silo.TerminateAsync();
        }

        await Task.Delay(Between(2, 5), time);
        var extra = cluster.Silos.Count > silos ? cluster.Silos[silos] : cluster.AddSilo();
        await Task.WhenAll(cluster.Silos.Skip(1).Select(StartAsync));
        await Task.Delay(Between(2, 5), time);
        await extra.TerminateAsync();
        await extra.MoveAsync();
    }

    private Fault KillEverything()
    {
        bool[] moves = [.. Everything.Select(_ => Chance(40))];
        return new(FaultKind.KillEverything, "", Everything, async () =>
        {
            Node[] running = [.. cluster.Nodes.Where(node => node.IsWanted)];
            await Task.WhenAll(running.Select(node => node.KillAsync()));
            for (var i = 0; i < running.Length; i++)
            {
                await (moves[i] ? MoveAsync(running[i]) : Task.CompletedTask);
                running[i].Start();
            }

            await Task.WhenAll(cluster.Gateways.Select(gateway => BackAsync(gateway.Address.Http)));
        });
    }

    private static async Task MoveAsync(Node node)
    {
        if (node is SiloNode silo)
        {
            await silo.MoveAsync();
        }
        else
        {
            ((GatewayNode)node).Move();
        }
    }

    private static Task StartAsync(SiloNode silo)
    {
        silo.Start();
        return BackAsync(silo.ManagementUrl);
    }

    /// <summary>Waits for a process to be ready, but not for ever: another fault may keep it from it.</summary>
    private static async Task BackAsync(Uri address)
    {
        try
        {
            await Readiness.UntilReadyAsync(address, BackLimit);
        }
        catch (TimeoutException)
        {
            // Whether the cluster comes back when nothing is broken any more is checked at the end.
        }
    }
}
