using NodaTime;
using OrleansBilling.Contracts.Devices;

namespace OrleansBilling.Gateway.Api;

/// <summary>Whose an identifier is.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Value">In the form that is kept.</param>
/// <param name="At">The instant that was asked for, else that of the tenant's clock.</param>
/// <param name="Device">That has it then; null for nobody.</param>
/// <param name="Owners">All of its times, oldest first.</param>
internal sealed record IdentifierLookup(string Kind, string Value, Instant At, string? Device, IReadOnlyList<IdentifierTime> Owners)
{
    public static IdentifierLookup Of(IdentifierView view, Instant at) => new(
        view.Kind, view.Value, at, view.Owners.FirstOrDefault(o => o.Has(at))?.Device,
        Array.ConvertAll(view.Owners, o => new IdentifierTime(o.Device, o.From, o.To)));
}

/// <summary>A time for which an identifier is a device's.</summary>
/// <param name="Device">Whose it is.</param>
/// <param name="From">First instant.</param>
/// <param name="To">First instant that is not part of it; null for until further notice.</param>
internal sealed record IdentifierTime(string Device, Instant From, Instant? To);
