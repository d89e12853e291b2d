using OrleansBilling.Grains.Log;

namespace OrleansBilling.Grains.Records;

/// <summary>
/// Packed form of <see cref="SubscriptionLearned"/>: a subscription with many devices is learnt by as many partitions.
/// </summary>
internal static class SubscriptionLearnedCodec
{
    private const byte Plain = 1;

    /// <summary>As <see cref="Plain"/>, and the variant of the plan.</summary>
    private const byte WithVariant = 2;

    public static byte[] Encode(SubscriptionLearned fact)
    {
        var writer = new ByteWriter();
        Write(writer, fact);
        return writer.Written.ToArray();
    }

    public static void Write(ByteWriter writer, SubscriptionLearned fact)
    {
        writer.Byte((byte)RecordType.SubscriptionLearned);
        writer.Byte(fact.Variant is null ? Plain : WithVariant);
        writer.Text(fact.Tenant);
        writer.Text(fact.Id);
        writer.Text(fact.Plan);
        writer.Varint((ulong)fact.PlanVersion);
        writer.Instant(fact.Start);
        writer.Byte(fact.End is null ? (byte)0 : (byte)1);
        if (fact.End is { } end)
        {
            writer.Instant(end);
        }
        writer.Text(fact.TimeZone);
        writer.Text(fact.AnchorDate);
        if (fact.Variant is { } variant)
        {
            writer.Text(variant);
        }
    }

    /// <exception cref="StoreLayoutException">Written by a newer version.</exception>
    public static SubscriptionLearned Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ByteReader(bytes[1..]);
        var version = reader.Byte();
        if (version is not (Plain or WithVariant))
        {
            throw new StoreLayoutException($"Version {version} of subscription terms is not known; run the newer program.");
        }
        return new(
            Tenant: reader.Text(),
            Id: reader.Text(),
            Plan: reader.Text(),
            PlanVersion: reader.Int32(),
            Start: reader.Instant(),
            End: reader.Byte() == 0 ? null : reader.Instant(),
            TimeZone: reader.Text(),
            AnchorDate: reader.Text(),
            Variant: version == WithVariant ? reader.Text() : null);
    }
}
