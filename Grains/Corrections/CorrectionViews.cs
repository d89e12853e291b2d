using System.Text.Json;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Grains.Devices;

namespace OrleansBilling.Grains.Corrections;

/// <summary>Corrections as callers see them.</summary>
internal static class CorrectionViews
{
    public static CorrectionView Of(DeviceBook book, int partition, long lsn, UsageCorrected fact)
    {
        var (asked, unit) = (fact.Asked, UnitOf(book, fact));
        return new(
            partition, lsn, asked.Id, asked.Device, fact.Meter, asked.Event, fact.EventPosition, asked.Action, asked.Reason, fact.RecordedAt,
            Of(book, fact.Before, unit), fact.After is { } after ? Of(book, after, unit) : null);
    }

    /// <summary>How a line marks what a correction put behind it.</summary>
    public static CorrectionMark? Mark(UsageCorrected? by, bool withdrawn) =>
        by is null ? null : new(by.Asked.Id, by.Asked.Action, by.Asked.Reason, withdrawn);

    /// <summary>Whether two corrections ask for the same.</summary>
    public static bool Same(UsageCorrection one, UsageCorrection other) => Text(one) == Text(other);

    private static CorrectedVersion Of(DeviceBook book, UsageVersion version, string unit)
    {
        var terms = version.Quarantine is null ? book.Terms[version.Terms] : null;
        return new(
            version.Time, version.Value, version.Unit ?? unit, version.Dimensions?.ToDictionary(StringComparer.Ordinal), terms?.Id,
            terms?.Calendar.Period(version.UsagePeriod).Start, terms?.Calendar.Period(version.BilledPeriod).Start, version.Quarantine);
    }

    private static string UnitOf(DeviceBook book, UsageCorrected fact) =>
        book.Meters.First(m => m.Tenant.Id == fact.Tenant && m.Definition.Id == fact.Meter).Definition.Unit;

    private static string Text(UsageCorrection asked) => JsonSerializer.Serialize(asked, BillingJson.Options);
}
