using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Core.Devices;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Devices;

/// <summary>The device's part in whose an identifier is.</summary>
internal sealed partial class DeviceGrain
{
    /// <summary>Times of identifiers of one device.</summary>
    private const int MaxIdentifiers = 1_000;

    public async Task<CommandResult<DeviceView>> Identify(IdentifierSpec spec)
    {
        if (!IdentifierKinds.TryRead(spec.Kind, spec.Value, out var identifier))
        {
            return BadIdentifier(spec.Kind);
        }
        var home = await Home();
        var known = await Change(home, (_, device) => device.Identifiers.Count < MaxIdentifiers
            ? CommandResult.Unchanged(View(device))
            : CommandResult.Conflict<DeviceView>(
                "identifier.too_many", $"A device has had at most {MaxIdentifiers} identifiers.", "/value"));
        if (!known.Succeeded)
        {
            return known;
        }
        var owned = await Identifier(identifier.Key).Own(Key.Id, spec.From, spec.To, spec.TakeOver);
        if (!owned.Succeeded)
        {
            return new(owned.Outcome, null, owned.Errors);
        }
        await IdentifierLearning.Learn(home, GrainFactory, Key.Tenant, Key.Id, identifier.Key);
        return await Change(home, (_, device) => new(owned.Outcome, View(device), []));
    }

    public async Task<CommandResult<DeviceView>> EndIdentifier(string kind, string value, Instant to)
    {
        if (!IdentifierKinds.TryRead(kind, value, out var identifier))
        {
            return BadIdentifier(kind);
        }
        var ended = await Identifier(identifier.Key).End(Key.Id, to);
        return ended.Succeeded
            ? await Change(await Home(), (_, device) => new(ended.Outcome, View(device), []))
            : new(ended.Outcome, null, ended.Errors);
    }

    public async Task<CommandResult<DeviceView>> CutIdentifier(string identifier, IdentifierOwner owner, Instant to) =>
        await Change(await Home(), (t, device) =>
        {
            if (DeviceBook.Identifier(device, identifier, owner.Number) is not { } known)
            {
                // No usage can have come by what the partition has not learnt yet.
                return DeviceChanges.Appended(t, device, new DeviceIdentified(Key.Tenant, identifier, owner with { To = to }));
            }
            if (known.Owner.To <= to)
            {
                return CommandResult.Unchanged(View(device));
            }
            return known.NewestUsage < to.ToUnixTimeTicks()
                ? DeviceChanges.Appended(t, device, new DeviceIdentifierEnded(Key.Tenant, Key.Id, identifier, owner.Number, to))
                : CommandResult.Conflict<DeviceView>(
                    "identifier.usage_after",
                    $"Device '{Key.Id}' has usage that named {DeviceIdentifier.OfKey(identifier)} up to "
                    + $"{Instant.FromUnixTimeTicks(known.NewestUsage)}; what it was counted for stays, the end must come after it.",
                    "/to");
        });

    /// <summary>The refusal of what is no identifier.</summary>
    internal static CommandResult<DeviceView> BadIdentifier(string kind) => IdentifierKinds.Has(kind)
        ? Rejected("identifier.value_invalid", $"The value of an identifier of kind '{kind}' is {IdentifierKinds.FormOf(kind)}.", "/value")
        : Rejected("identifier.kind_unknown", $"The kind is one of: {IdentifierKinds.All}.", "/kind");

    private IIdentifierGrain Identifier(string key) => GrainFactory.GetGrain<IIdentifierGrain>(EntityKey.Of(Key.Tenant, key));
}
