using NodaTime;
using OrleansBilling.Core.Rating;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Devices;

/// <summary>
/// Devices counted for charges per device and for pools. A period is counted when its first instant is near, so that its bill
/// needs no event; what is changed afterwards, by an assignment or a state, is the difference, and late when the period is sealed.
/// </summary>
internal sealed partial class DeviceBook
{
    private readonly List<TermsEntry> _counted = [];

    /// <summary>Counts every period of a tenant that has begun by an instant; before the tenant is sealed, else it came late.</summary>
    public void BeginPeriods(TenantCopy tenant, Instant now)
    {
        var ahead = Ahead(now);
        CarryLevels(tenant, ahead);
        foreach (var terms in _counted)
        {
            if (terms.Tenant == tenant && terms.Members!.NextStartTicks <= ahead)
            {
                CountThrough(terms, ahead);
            }
        }
    }

    public void RestorePresence(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes);
        var terms = _terms[reader.Int32()];
        CountedThrough(terms, (int)reader.Zigzag());
    }

    private static void WritePresence(TermsEntry terms, ByteWriter writer)
    {
        Begin(writer, RecordType.PresenceCounted);
        writer.Varint((ulong)terms.Index);
        writer.Zigzag(terms.Members!.Through);
    }

    /// <summary>Assigns a device, live or restored.</summary>
    private static void Assign(DeviceState device, long from, TermsEntry? terms)
    {
        foreach (var counted in Counted(terms))
        {
            if (device.Assignments.All(a => a.Terms != terms))
            {
                counted.Members!.Devices.Add(device);
            }
        }
        device.Assign(from, terms);
    }

    /// <summary>The entries of a subscription's segments whose plans count devices.</summary>
    private static IEnumerable<TermsEntry> Counted(TermsEntry? terms)
    {
        if (terms?.Timeline is { } timeline)
        {
            return timeline.Entries.Where(e => e.Members is not null);
        }
        return terms?.Members is null ? [] : [terms];
    }

    /// <summary>Makes a change to a device and adds what it changes in periods that are counted already.</summary>
    /// <param name="other">A subscription that the device may not have belonged to before.</param>
    /// <param name="from">Unix ticks; nothing before is changed.</param>
    private void ChangePresence(DeviceState device, TermsEntry? other, long from, Action change)
    {
        TermsEntry[] affected = [.. device.Assignments.Select(a => a.Terms).Append(other)
            .Distinct().SelectMany(Counted)];
        foreach (var terms in affected)
        {
            CountThrough(terms, Ahead(terms.Tenant.SealedThrough + terms.Tenant.Grace));
        }
        var before = affected.SelectMany(terms => Counted(device, terms, from)).ToArray();
        var covered = Covers([device], affected);
        ChangeLasting(device, from, change);
        var after = affected.SelectMany(terms => Counted(device, terms, from));
        foreach (var (then, now) in before.Zip(after))
        {
            AddPresence(now.Terms, now.Period, now.Key, now.Total.Subtract(then.Total));
        }
        AddCovers(covered, Covers([device], affected));
    }

    private static IEnumerable<(TermsEntry Terms, int Period, BucketKey Key, BucketTotal Total)> Counted(
        DeviceState device, TermsEntry terms, long from)
    {
        var members = terms.Members!;
        var first = Math.Max(members.FirstPeriod, terms.Calendar.IndexAt(Instant.FromUnixTimeTicks(from)));
        for (var index = first; index <= members.Through; index++)
        {
            var period = terms.Calendar.Period(index);
            foreach (var (key, rule) in terms.Plan.Presences)
            {
                yield return (terms, index, key, DevicePresence.Of(device, terms, rule, period));
            }
        }
    }

    private void CountThrough(TermsEntry terms, long ticks)
    {
        var members = terms.Members!;
        var last = Math.Min(ticks, terms.EndTicks - 1);
        if (last < terms.StartTicks)
        {
            return;
        }
        var through = terms.Calendar.IndexAt(Instant.FromUnixTimeTicks(last));
        for (var index = members.Through + 1; index <= through; index++)
        {
            var period = terms.Calendar.Period(index);
            foreach (var (key, rule) in terms.Plan.Presences)
            {
                foreach (var device in members.Devices)
                {
                    AddPresence(terms, index, key, DevicePresence.Of(device, terms, rule, period));
                }
            }
        }
        CountedThrough(terms, Math.Max(members.Through, through));
    }

    private static void CountedThrough(TermsEntry terms, int through) =>
        terms.Members!.CountedThrough(through, terms.Calendar.Period(through).End.ToUnixTimeTicks());

    private void AddPresence(TermsEntry terms, int index, BucketKey key, in BucketTotal change)
    {
        if (change == BucketTotal.Zero)
        {
            return;
        }
        var slice = terms.Slice(index, terms.BilledPeriod(terms.Calendar.Period(index).Start.ToUnixTimeTicks(), out _));
        slice.Add(key, change);
        _outbox.Touch(slice);
    }

    /// <summary>A little more than until the next seal, so that what begins now is on the bill now.</summary>
    private static long Ahead(Instant now) => (now + FutureLimit).ToUnixTimeTicks();
}
