using NodaTime;
using Orleans.Concurrency;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Core.Devices;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Shell around the <see cref="DeviceState"/> of an identifier: decides whose it is from when on. When a time ends is decided in the
/// device's partition, where the usage is.
/// </summary>
[Reentrant, GrainType("identifier"), PartitionPlacement]
internal sealed class IdentifierGrain(PartitionHost host) : EntityGrain(host, EntityKind.Device), IIdentifierGrain
{
    /// <summary>Times of one identifier; more would make finding the owner of an event slow.</summary>
    public const int MaxOwners = 1_000;

    public async Task<CommandResult<IdentifierView>> Own(string device, Instant from, Instant? to, bool takeOver)
    {
        if (to <= from)
        {
            return CommandResult.Rejected<IdentifierView>(new CommandError(
                "identifier.empty_time", "'to' must be later than 'from'.", "/to"));
        }
        var home = await Home();
        var wanted = new IdentifierOwner(0, device, from, to);
        if (takeOver && await TakeOver(home, wanted) is { } refusal)
        {
            return refusal;
        }
        return await home.DoDurably(t => Own(t, wanted));
    }

    public async Task<CommandResult<IdentifierView>> End(string device, Instant to)
    {
        var home = await Home();
        var newest = home.Do(t => State(t)?.Owners.LastOrDefault(o => o.Device == device && !(o.To <= o.From)));
        if (newest is null || to < newest.From)
        {
            return CommandResult.NotFound<IdentifierView>(
                "identifier.not_owned", $"The device does not have {DeviceIdentifier.OfKey(Key.Id)} before that instant.");
        }
        if (newest.To is { } end && end <= to)
        {
            return end == to
                ? await home.DoDurably(t => CommandResult.Unchanged(View(t)))
                : CommandResult.Conflict<IdentifierView>(
                    "identifier.ended", $"It ended at {end} already; to have it for longer, register it anew from then on.", "/to");
        }
        return await Cut(home, newest, to);
    }

    public async Task Ended(int number, Instant to) => await (await Home()).DoDurably(t =>
    {
        if (State(t)?.Owners.ElementAtOrDefault(number) is { } owner && !(owner.To <= to))
        {
            t.Append(new IdentifierEnded(Key.Tenant, Key.Id, number, to));
        }
        return true;
    });

    public async Task<IdentifierView?> Get() =>
        await (await Home()).DoDurably(t => State(t) is { Owners.Count: > 0 } ? View(t) : null);

    /// <summary>Ends the time of the device that has it at the wanted first instant.</summary>
    private async Task<CommandResult<IdentifierView>?> TakeOver(Partition home, IdentifierOwner wanted)
    {
        var owners = home.Do(t => State(t)?.Owners.ToArray()) ?? [];
        var had = Array.Find(owners, o => o.Has(wanted.From));
        // Nobody loses it when the device could not have it all the same.
        if (had is null || had.Device == wanted.Device || owners.Any(o => o != had && Overlap(o, wanted)))
        {
            return null;
        }
        var cut = await Cut(home, had, wanted.From);
        return cut.Succeeded ? null : cut;
    }

    /// <summary>First where the usage is, then here: in between nobody takes usage of the time that is cut off.</summary>
    private async Task<CommandResult<IdentifierView>> Cut(Partition home, IdentifierOwner owner, Instant to)
    {
        var answer = await GrainFactory.GetGrain<IDeviceGrain>(EntityKey.Of(Key.Tenant, owner.Device)).CutIdentifier(Key.Id, owner, to);
        if (!answer.Succeeded)
        {
            return new(answer.Outcome, null, answer.Errors);
        }
        await Ended(owner.Number, to);
        return await home.DoDurably(t => CommandResult.Updated(View(t)));
    }

    private CommandResult<IdentifierView> Own(Partition.Turn t, IdentifierOwner wanted)
    {
        var owners = State(t)?.Owners ?? [];
        if (owners.Any(o => o with { Number = 0 } == wanted))
        {
            return CommandResult.Unchanged(View(t));
        }
        if (owners.FirstOrDefault(o => Overlap(o, wanted)) is { } other)
        {
            var until = other.To is { } end ? $"to {end}" : "on";
            return CommandResult.Conflict<IdentifierView>(
                "identifier.owned",
                $"{DeviceIdentifier.OfKey(Key.Id)} is device '{other.Device}''s from {other.From} {until}; end that time first, or take it over.",
                "/from");
        }
        if (owners.Count >= MaxOwners)
        {
            return CommandResult.Conflict<IdentifierView>(
                "identifier.too_many_owners", $"An identifier has at most {MaxOwners} times.", "/value");
        }
        Introduce(t, Key.Tenant, Key.Id);
        t.Append(new IdentifierOwned(Key.Tenant, Key.Id, wanted with { Number = owners.Count }));
        return CommandResult.Created(View(t));
    }

    /// <summary>Makes an identifier known to its partition.</summary>
    public static void Introduce(Partition.Turn t, string tenant, string key)
    {
        if (t.State.Devices.Device(TenantOf(t, tenant), key) is null)
        {
            t.Append(new DeviceRegistered(tenant, new(key, null, null, null)));
        }
    }

    private static bool Overlap(IdentifierOwner one, IdentifierOwner other) =>
        !(one.To <= one.From) && !(one.To <= other.From) && !(other.To <= one.From);

    private DeviceState? State(Partition.Turn t) => t.State.Devices.Device(TenantOf(t, Key.Tenant), Key.Id);

    private IdentifierView View(Partition.Turn t) => View(State(t)!);

    /// <summary>The identifier as callers see it.</summary>
    public static IdentifierView View(DeviceState identifier)
    {
        var (kind, value) = DeviceIdentifier.OfKey(identifier.Id);
        return new(kind, value, [.. identifier.Owners.Where(o => !(o.To <= o.From)).OrderBy(o => o.From)]);
    }
}
