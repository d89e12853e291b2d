using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Rating;
using OrleansBilling.Core.Usage;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Sessions: what one comes to is worked out from all its records, and a record changes it by the difference. Parts belong to the plan,
/// the period and the prices of their own time.
/// </summary>
internal sealed partial class DeviceBook
{
    /// <summary>Decides a record of a session; nothing of the session itself is changed yet.</summary>
    /// <returns>Why it cannot be placed; null when it is.</returns>
    private string? PlaceSession(DeviceState device, MeterEntry meter, string id, in SessionReading reading)
    {
        var set = device.SessionsOf(meter);
        var known = set?.Sessions.GetValueOrDefault(id);
        if (known is null && set?.IsFull == true && !_isReplaying)
        {
            return UsageReasons.UniqueLimit;
        }
        known ??= new SessionHistory(meter.Definition.Session!);
        var session = known.With(reading);
        if (session.Readings.Count > SessionHistory.MaxReadings)
        {
            return UsageReasons.SessionTooLong;
        }
        var sums = new StretchSums();
        try
        {
            SessionParts.Difference(device, meter, known.Stretches(), session.Stretches(), out var before, out var after);
            sums.AddSession(meter, SessionParts.Of(device, before), -1);
            sums.AddSession(meter, SessionParts.Of(device, after), 1);
            _change.Session = (meter, id, session);
            foreach (var (slice, quantity) in Quantities(sums, meter.Index))
            {
                _change.Quantities.Add(new(slice, quantity, 0));
            }
            return Place(device, sums);
        }
        catch (InexactAmountException)
        {
            return RatingReasons.Inexact;
        }
    }

    private static void AddSessions(StretchSums sums, DeviceState device, long from, int sign)
    {
        foreach (var set in device.Sessions)
        {
            foreach (var session in set.Sessions.Values.Where(s => s.Readings[^1].Time.ToUnixTimeTicks() >= from))
            {
                sums.AddSession(set.Meter, SessionParts.Of(device, session.Stretches()), sign);
            }
        }
    }
}
