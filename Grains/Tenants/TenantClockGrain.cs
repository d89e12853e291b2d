using NodaTime;
using Orleans.Concurrency;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Core.Periods;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Tenants;

/// <summary>Moves a tenant's test clock: seals every partition, then closes what is due in each.</summary>
[Reentrant, GrainType("tenant-clock"), PartitionPlacement]
internal sealed class TenantClockGrain(PartitionHost host) : EntityGrain(host, EntityKind.TenantClock), ITenantClockGrain
{
    private readonly AsyncGate _advancing = new();

    public async Task<ClockView> Read()
    {
        var home = await Home();
        return await home.DoDurably(t => View(t, home.Time));
    }

    public Task<CommandResult<ClockView>> Advance(Instant to) => _advancing.Run(() => AdvanceInTurn(to));

    private async Task<CommandResult<ClockView>> AdvanceInTurn(Instant to)
    {
        var home = await Home();
        if (await home.DoDurably(t => Move(t, to)) is { } refusal)
        {
            return CommandResult.Rejected<ClockView>(refusal);
        }
        var partitions = Enumerable.Range(0, home.PartitionCount)
            .Select(p => GrainFactory.GetGrain<IPartitionGrain>(p)).ToArray();
        await Task.WhenAll(partitions.Select(p => p.Seal(Key.Id, to)));
        await Task.WhenAll(partitions.Select(p => p.CloseDue(Key.Id)));
        return CommandResult.Updated(await home.DoDurably(t => View(t, home.Time)));
    }

    /// <summary>The target is a fact first: a repeat after a crash ends what was begun.</summary>
    private CommandError? Move(Partition.Turn t, Instant to)
    {
        var tenant = TenantOf(t, Key.Id);
        if (tenant.TestNow is not { } now)
        {
            return new("clock.not_test", "The tenant runs on the wall clock; only a test clock can be moved.");
        }
        now = t.State.Clock(Key.Id) is { } moved && moved > now ? moved : now;
        if (to < now)
        {
            return new("clock.backwards", $"The clock shows {now}; it only moves forward.", "/to");
        }
        if (to - now > TimeLimits.ClockStep)
        {
            return new(
                "clock.too_far", $"The clock shows {now}; move it by at most {TimeLimits.ClockStep.Days:N0} days at once, in several steps.", "/to");
        }
        if (to > now)
        {
            t.Append(new ClockMoved(Key.Id, to));
        }
        return null;
    }

    private ClockView View(Partition.Turn t, TimeProvider time)
    {
        var tenant = TenantOf(t, Key.Id);
        var now = tenant.Now(time);
        return new(tenant.TestNow is null ? "wall" : "test", now, now - tenant.Grace);
    }
}
