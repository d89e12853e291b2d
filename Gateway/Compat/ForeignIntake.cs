using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Usage;
using OrleansBilling.Gateway.Limits;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Compat;

/// <summary>Takes events of other products' clients to the meters that count them, through the same intake as all usage.</summary>
internal sealed class ForeignIntake(UsageIntake intake, MeterCache meters, KeyRates rates)
{
    private static readonly EventFault TooManyDimensions = new("usage.dimensions_invalid",
        "At most 16 properties of an event can be dimensions; send only those that meters need.");

    /// <summary>Sends every event that has no fault; durable when answered.</summary>
    /// <param name="key">The caller's.</param>
    /// <param name="events">As they were read: an event, or what is wrong with it.</param>
    /// <param name="renamed">A property that becomes a dimension of another name.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>For each event, in order, what refuses it; null when it was taken by all of its meters.</returns>
    /// <exception cref="ProblemException">503: a part of the cluster cannot answer; 429: the key sends too many events. The same events may be sent again.</exception>
    public async Task<ForeignFault?[]> SubmitAsync(
        ApiKeyRecord key, IReadOnlyList<(ForeignEvent? Event, ForeignFault? Fault)> events, (string From, string To)? renamed,
        CancellationToken cancel)
    {
        var faults = events.Select(read => read.Fault).ToArray();
        var batch = intake.Rent();
        try
        {
            var known = await meters.Of(key.Tenant);
            var origins = new List<int>(events.Count);
            for (var i = 0; i < events.Count; i++)
            {
                if (events[i].Event is { } foreign)
                {
                    faults[i] = Add(batch, origins, i, foreign, known, renamed);
                }
            }
            rates.TakeEvents(key, batch.Count);
            await intake.SubmitAsync(key.Tenant, batch, cancel);
            Collect(batch, origins, faults);
            return faults;
        }
        catch (Exception error) when (UsageUnavailable.Is(error))
        {
            throw new ProblemException(UsageUnavailable.Problem());
        }
        finally
        {
            intake.Return(batch);
        }
    }

    private static ForeignFault? Add(
        IntakeBatch batch, List<int> origins, int origin, ForeignEvent foreign, MeterDefinition[] known, (string From, string To)? renamed)
    {
        var counting = known.Where(meter => meter.Id == foreign.Type || meter.EventType == foreign.Type).ToList();
        var dimensions = ForeignData.Dimensions(foreign.Data, renamed);
        var value = ForeignData.Value(foreign.Data);
        if (counting.Count == 0)
        {
            return new(new("usage.meter_unknown", $"No meter counts events of the type '{foreign.Type}'. Declare one with that id or eventType."), "");
        }
        if (dimensions is null)
        {
            return new(TooManyDimensions, foreign.DataPointer);
        }
        if (value is null && counting.Find(NeedsValue) is { } needing)
        {
            return new(
                new("usage.value_invalid", $"The meter '{needing.Id}' needs a number in 'value', or an expression of its own that says what counts."),
                $"{foreign.DataPointer}/value");
        }
        foreach (var meter in counting)
        {
            ref var place = ref batch.Add();
            place.Id = foreign.Id;
            place.Event = new UsageEvent
            {
                Id = EventIdentity.Compose(SourceOf(foreign, meter), foreign.Id),
                Device = foreign.Device,
                Meter = meter.Id,
                UnixTicks = foreign.UnixTicks,
                Value = value ?? 1m,
                Dimensions = dimensions.Length == 0 ? null : dimensions,
            };
            origins.Add(origin);
        }
        return null;
    }

    /// <summary>Events of a device have ids of their own: one that several meters count is one for each, told apart as a fragment would.</summary>
    private static string? SourceOf(ForeignEvent foreign, MeterDefinition meter) =>
        meter.Id == foreign.Type ? foreign.Source : $"{foreign.Source}#{meter.Id}";

    /// <summary>Not what counts events or the different values of a dimension, nor what derives its quantity.</summary>
    private static bool NeedsValue(MeterDefinition meter) => !meter.Counts && meter.UniqueOf is null && meter.Value is null;

    private static void Collect(IntakeBatch batch, List<int> origins, ForeignFault?[] faults)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            ref readonly var result = ref batch.Results[i];
            if (result.Status is UsageStatus.Rejected or UsageStatus.Conflict)
            {
                faults[origins[i]] ??= new(new(result.Code ?? "usage.conflict", result.Message ?? "The event was refused."), "");
            }
        }
    }
}
