using System.Text.Json;
using OrleansBilling.Contracts.Serialization;
using OrleansBilling.Grains.AuditTrail;
using OrleansBilling.Grains.Corrections;
using OrleansBilling.Grains.Idempotency;
using OrleansBilling.Grains.Jobs;
using OrleansBilling.Grains.Log;
using OrleansBilling.Grains.Migrations;
using OrleansBilling.Grains.ReRating;

namespace OrleansBilling.Grains.Records;

/// <summary>Type byte, then JSON in the product's dialect; the one rare fact that is not so rare is packed.</summary>
internal static class RareRecordCodec
{
    private static readonly (RecordType Type, Type Clr)[] Known =
    [
        (RecordType.TenantAdded, typeof(TenantAdded)),
        (RecordType.KeyAdded, typeof(KeyAdded)),
        (RecordType.ClockMoved, typeof(ClockMoved)),
        (RecordType.KeyChanged, typeof(KeyChanged)),
        (RecordType.MeterDefined, typeof(MeterDefined)),
        (RecordType.PlanPublished, typeof(PlanPublished)),
        (RecordType.CustomerRegistered, typeof(CustomerRegistered)),
        (RecordType.CustomerSubscribed, typeof(CustomerSubscribed)),
        (RecordType.StatementTaken, typeof(StatementTaken)),
        (RecordType.InvoiceIssued, typeof(InvoiceIssued)),
        (RecordType.NumberAssigned, typeof(NumberAssigned)),
        (RecordType.InvoicePrepared, typeof(InvoicePrepared)),
        (RecordType.DocumentSealed, typeof(DocumentSealed)),
        (RecordType.CustomerChanged, typeof(CustomerChanged)),
        (RecordType.LegalEntitySet, typeof(LegalEntitySet)),
        (RecordType.BrandingSet, typeof(BrandingSet)),
        (RecordType.LogoStored, typeof(LogoStored)),
        (RecordType.DraftApproved, typeof(DraftApproved)),
        (RecordType.CreditNotePrepared, typeof(CreditNotePrepared)),
        (RecordType.PaymentRecorded, typeof(PaymentRecorded)),
        (RecordType.PaymentAllocated, typeof(PaymentAllocated)),
        (RecordType.PaymentReversed, typeof(PaymentReversed)),
        (RecordType.InvoiceWrittenOff, typeof(InvoiceWrittenOff)),
        (RecordType.BalanceRefunded, typeof(BalanceRefunded)),
        (RecordType.ExchangeRatesSet, typeof(ExchangeRatesSet)),
        (RecordType.SubscriptionCreated, typeof(SubscriptionCreated)),
        (RecordType.PeriodClosed, typeof(PeriodClosed)),
        (RecordType.StatementDelivered, typeof(StatementDelivered)),
        (RecordType.TenantLearned, typeof(TenantLearned)),
        (RecordType.MeterLearned, typeof(MeterLearned)),
        (RecordType.TermsLearned, typeof(TermsLearned)),
        (RecordType.PlanLearned, typeof(PlanLearned)),
        (RecordType.Sealed, typeof(Sealed)),
        (RecordType.WallClockSealed, typeof(WallClockSealed)),
        (RecordType.DeviceRegistered, typeof(DeviceRegistered)),
        (RecordType.DeviceAssigned, typeof(DeviceAssigned)),
        (RecordType.DeviceStateSet, typeof(DeviceStateSet)),
        (RecordType.RegisterWasReset, typeof(RegisterWasReset)),
        (RecordType.IdentifierOwned, typeof(IdentifierOwned)),
        (RecordType.IdentifierEnded, typeof(IdentifierEnded)),
        (RecordType.DeviceIdentified, typeof(DeviceIdentified)),
        (RecordType.DeviceIdentifierEnded, typeof(DeviceIdentifierEnded)),
        (RecordType.LifecycleHeld, typeof(LifecycleHeld)),
        (RecordType.UsageForwarded, typeof(UsageForwarded)),
        (RecordType.SubscriptionProgress, typeof(SubscriptionProgress)),
        (RecordType.CustomerProgress, typeof(CustomerProgress)),
        (RecordType.SubscriptionHeld, typeof(SubscriptionHeld)),
        (RecordType.CustomerSubscriptionEnded, typeof(CustomerSubscriptionEnded)),
        (RecordType.ChangeRequested, typeof(ChangeRequested)),
        (RecordType.ChangeDecided, typeof(ChangeDecided)),
        (RecordType.ChangeTold, typeof(ChangeTold)),
        (RecordType.UsageHeld, typeof(UsageHeld)),
        (RecordType.TimelineLearned, typeof(TimelineLearned)),
        (RecordType.SubscriptionHistoryHeld, typeof(SubscriptionHistoryHeld)),
        (RecordType.SegmentHeld, typeof(SegmentHeld)),
        (RecordType.WalletOpened, typeof(WalletOpened)),
        (RecordType.CreditGranted, typeof(CreditGranted)),
        (RecordType.GrantEnded, typeof(GrantEnded)),
        (RecordType.ReservationSet, typeof(ReservationSet)),
        (RecordType.FundsLimitSet, typeof(FundsLimitSet)),
        (RecordType.FundsHeld, typeof(FundsHeld)),
        (RecordType.PackGranted, typeof(PackGranted)),
        (RecordType.UsageCorrected, typeof(UsageCorrected)),
        (RecordType.CorrectionHeld, typeof(CorrectionHeld)),
        (RecordType.SliceCorrections, typeof(SliceCorrections)),
        (RecordType.ReRatingPreviewed, typeof(ReRatingPreviewed)),
        (RecordType.ReRatingStarted, typeof(ReRatingStarted)),
        (RecordType.ReRatingApplied, typeof(ReRatingApplied)),
        (RecordType.PeriodsReRated, typeof(PeriodsReRated)),
        (RecordType.TrialTaken, typeof(TrialTaken)),
        (RecordType.UsageRerated, typeof(UsageRerated)),
        (RecordType.CallAnswered, typeof(CallAnswered)),
        (RecordType.CallHeld, typeof(CallHeld)),
        (RecordType.AuditEntryAppended, typeof(AuditEntryAppended)),
        (RecordType.AuditTrailHeld, typeof(AuditTrailHeld)),
        (RecordType.SpendAgreed, typeof(SpendAgreed)),
        (RecordType.SpendAgreementEnded, typeof(SpendAgreementEnded)),
        (RecordType.SpendPeriodDue, typeof(SpendPeriodDue)),
        (RecordType.MigrationPreviewed, typeof(MigrationPreviewed)),
        (RecordType.MigrationStarted, typeof(MigrationStarted)),
        (RecordType.MigrationProgressed, typeof(MigrationProgressed)),
        (RecordType.JobItemsStored, typeof(JobItemsStored)),
        (RecordType.JobSubmitted, typeof(JobSubmitted)),
        (RecordType.JobProgressed, typeof(JobProgressed)),
        (RecordType.JobShareDone, typeof(JobShareDone)),
    ];

    private static readonly Dictionary<Type, RecordType> TypeOf = Known.ToDictionary(k => k.Clr, k => k.Type);
    private static readonly Dictionary<RecordType, Type> ClrOf = Known.ToDictionary(k => k.Type, k => k.Clr);

    public static byte[] Encode(object record)
    {
        if (record is SubscriptionLearned packed)
        {
            return SubscriptionLearnedCodec.Encode(packed);
        }
        var json = JsonSerializer.SerializeToUtf8Bytes(record, record.GetType(), BillingJson.Options);
        var bytes = new byte[json.Length + 1];
        bytes[0] = (byte)TypeOf[record.GetType()];
        json.CopyTo(bytes, 1);
        return bytes;
    }

    /// <exception cref="InvalidDataException">A type this version does not know, written by a newer one.</exception>
    public static object Decode(ReadOnlySpan<byte> bytes)
    {
        var type = (RecordType)bytes[0];
        if (type == RecordType.SubscriptionLearned)
        {
            return SubscriptionLearnedCodec.Read(bytes);
        }
        if (!ClrOf.TryGetValue(type, out var clr))
        {
            throw new StoreLayoutException(
                $"A record of type {bytes[0]} is not known to this version of the program; a newer one wrote it. Run that one.");
        }
        return JsonSerializer.Deserialize(bytes[1..], clr, BillingJson.Options)
            ?? throw new InvalidDataException($"Record of type {type} is null.");
    }
}
