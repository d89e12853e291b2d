using System.Runtime.CompilerServices;
using OrleansBilling.Grains.AuditTrail;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;

namespace OrleansBilling.Grains.Tests.AuditTrail;

/// <summary>A fact that is new must not be forgotten: it is audited, or it is said here that it is not.</summary>
public sealed class AuditSubjectTests
{
    private static readonly string[] Regular =
    [
        // Usage and reservations, which the log itself records.
        "UsageForwarded", "UsageHeld", "UsageRerated", "ReservationSet", "FundsHeld", "FundsLimitSet",

        // Asked for by ChangeDecided, which is audited with the caller that asked once it is decided; by JobSubmitted or a cancellation.
        "ChangeDecided", "ChangeRequested", "ChangeTold", "JobItemsStored", "JobProgressed", "JobShareDone",

        // What follows from an audited change, in other partitions or later.
        "CustomerSubscribed", "CustomerSubscriptionEnded", "DeviceIdentified", "DeviceIdentifierEnded", "LogoStored", "PaymentAllocated",
        "PeriodsReRated", "ReRatingApplied", "MigrationProgressed", "TimelineLearned", "TrialTaken", "TenantLearned", "MeterLearned", "PlanLearned",
        "TermsLearned", "SubscriptionLearned",

        // Billing that goes on by itself.
        "Sealed", "WallClockSealed", "PeriodClosed", "StatementDelivered", "StatementTaken", "SpendPeriodDue", "InvoicePrepared", "InvoiceIssued",
        "NumberAssigned", "DocumentSealed",

        // The trail itself, and answers that are kept for repeats.
        "AuditEntryAppended", "CallAnswered",

        // Only in snapshots.
        "AuditTrailHeld", "CallHeld", "CorrectionHeld", "CustomerProgress", "LifecycleHeld", "SegmentHeld", "SliceCorrections", "SubscriptionHeld",
        "SubscriptionHistoryHeld", "SubscriptionProgress",
    ];

    [Fact]
    public void Every_fact_is_audited_or_known_to_be_none_that_a_caller_asks_for()
    {
        var names = Enum.GetNames<RecordType>().ToHashSet(StringComparer.Ordinal);
        var facts = typeof(PartitionState).Assembly.GetTypes().Where(t => names.Contains(t.Name) && IsRecord(t)).ToArray();
        Assert.True(facts.Length > 60, "the types of facts are not found by their names");
        Assert.Equal(Regular.Order(StringComparer.Ordinal), facts.Where(f => !IsAudited(f)).Select(f => f.Name).Order(StringComparer.Ordinal));
    }

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$") is not null;

    /// <summary>Of a fact without content: only its type matters.</summary>
    private static bool IsAudited(Type fact)
    {
        try
        {
            return AuditSubjects.Of(RuntimeHelpers.GetUninitializedObject(fact), new PartitionState(1), TimeProvider.System) is not null;
        }
        catch (Exception looked) when (looked is NullReferenceException or ArgumentNullException)
        {
            return true;
        }
    }
}
