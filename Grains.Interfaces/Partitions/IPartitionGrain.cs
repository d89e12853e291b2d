using NodaTime;
using OrleansBilling.Contracts.Accounting;
using OrleansBilling.Contracts.Auditing;
using OrleansBilling.Contracts.Corrections;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Contracts.Migrations;
using OrleansBilling.Contracts.ReRating;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Contracts.Usage;
using OrleansBilling.Core.Accounting;

namespace OrleansBilling.Contracts.Partitions;

/// <summary>Owner of one partition; the key is its number, from 0.</summary>
[GrainInterfaceType("billing.partition")]
public interface IPartitionGrain : IGrainWithIntegerKey
{
    /// <summary>Takes events for devices of this partition; durable when answered. At most 10,000 events.</summary>
    [Alias("report")]
    Task<UsageBatchResult> Report(UsageBatch batch);

    /// <summary>Makes sure the partition is owned and loaded here; answers its figures.</summary>
    [Alias("status")]
    Task<PartitionStatus> Status();

    /// <summary>Copies a tenant's settings into this partition, so that it seals for it; idempotent.</summary>
    [Alias("learn-tenant")]
    Task LearnTenant(TenantView tenant);

    /// <summary>Takes another partition's slices.</summary>
    [Alias("deliver")]
    [ResponseTimeout("00:00:05")]
    Task<SliceReceipt> Deliver(SliceDelivery delivery);

    /// <summary>
    /// Sends what the other partition has not seen yet of this one's slices and seals, and answers when it has.
    /// </summary>
    /// <param name="epoch">The other partition's epoch: one not known here yet is sent everything.</param>
    [Alias("flush-to")]
    [ResponseTimeout("00:00:10")]
    Task FlushTo(int partition, long epoch);

    /// <summary>Sets a test clock, seals, and delivers to every partition.</summary>
    [Alias("seal")]
    [ResponseTimeout("00:30:00")]
    Task Seal(string tenant, Instant now);

    /// <summary>
    /// Closes every subscription period that is due by the tenant's clock and hands the statements to the customers.
    /// </summary>
    [Alias("close-due")]
    [ResponseTimeout("00:30:00")]
    Task CloseDue(string tenant);

    /// <summary>
    /// Holds usage of a subscription back until a change is decided; durable when answered. See docs/adr/0013.
    /// </summary>
    /// <returns>From when on this partition has rated none: <see cref="UsageHold.From"/>, or later.</returns>
    [Alias("hold-usage")]
    [ResponseTimeout("00:00:10")]
    Task<Instant> HoldUsage(UsageHold hold);

    /// <summary>Takes a decided timeline of a subscription and ends the hold of its change; idempotent.</summary>
    [Alias("learn-timeline")]
    [ResponseTimeout("00:00:10")]
    Task LearnTimeline(string tenant, string subscription, SubscriptionTimeline timeline, string change);

    /// <summary>
    /// Registers devices of this partition, one outcome each in their order; durable when answered. A device that is refused
    /// does not hold up the others.
    /// </summary>
    [Alias("register-devices")]
    Task<DeviceOutcome[]> RegisterDevices(string tenant, DeviceSpec[] specs);

    /// <summary>Devices of the tenant in this partition by id (ordinal), after the cursor.</summary>
    [Alias("devices")]
    Task<DeviceView[]> Devices(string tenant, string? after, int limit);

    /// <summary>Customers of the tenant in this partition by id (ordinal), after the cursor.</summary>
    [Alias("customers")]
    Task<CustomerView[]> Customers(string tenant, string? after, int limit);

    /// <summary>Sealed documents of whole customers of this partition, by customer (ordinal), after the cursor.</summary>
    /// <param name="legalEntity">Who issued them; null for nobody in particular.</param>
    /// <param name="after">Customer to begin after; null for the first.</param>
    /// <param name="limit">No further customer is begun with that many.</param>
    [Alias("sealed-documents")]
    Task<StoredDocument[]> SealedDocuments(string tenant, string? legalEntity, string? after, int limit);

    /// <summary>Invoices of customers of this partition that wait, by customer and period end, after the cursor.</summary>
    /// <param name="after">A customer and a draft's id with <c>/</c> between; null for the first.</param>
    [Alias("drafts")]
    Task<DraftView[]> Drafts(string tenant, string? after, int limit);

    /// <summary>Entries of the journals of this partition's customers, by customer (ordinal) and number.</summary>
    [Alias("accounting-entries")]
    Task<AccountingEntry[]> AccountingEntries(AccountingQuery query);

    /// <summary>Sums of all postings of this partition's customers, by currency and account.</summary>
    /// <param name="from">What was posted before is in the opening balances.</param>
    /// <param name="to">What was posted then or later is left out.</param>
    [Alias("account-totals")]
    [ResponseTimeout("00:05:00")]
    Task<TrialBalanceLine[]> AccountTotals(string tenant, Instant from, Instant to);

    /// <summary>The same of those that are asked for.</summary>
    [Alias("find-drafts")]
    Task<DraftView[]> FindDrafts(DraftQuery query);

    /// <summary>How far this partition is with the billing of periods that end in a span of time.</summary>
    [Alias("bill-run")]
    Task<BillRunPart> BillRun(BillRunQuery query);

    /// <summary>Subscriptions of the tenant in this partition by id (ordinal), after the cursor.</summary>
    [Alias("subscriptions")]
    Task<SubscriptionView[]> Subscriptions(string tenant, string? after, int limit);

    /// <summary>Quarantined events of the tenant in this partition by position, after the given one.</summary>
    [Alias("quarantine")]
    Task<RecordedUsage[]> Quarantine(string tenant, string? device, long after, int limit);

    /// <summary>Number of the tenant's events in quarantine in this partition, after the given position.</summary>
    [Alias("quarantine-count")]
    Task<int> QuarantineCount(string tenant, string? device, long after);

    /// <summary>Rates quarantined events again; those that can be billed now leave the quarantine. Durable when answered.</summary>
    [Alias("release-quarantine")]
    Task<QuarantineRelease> ReleaseQuarantine(QuarantineReleaseQuery query);

    /// <summary>
    /// Takes back or changes usage that was accepted, one outcome each in their order; durable when answered. One that is refused
    /// does not hold up the others. At most 1,000.
    /// </summary>
    [Alias("correct-usage")]
    [ResponseTimeout("00:05:00")]
    Task<CorrectionOutcome[]> CorrectUsage(string tenant, CorrectionItem[] items);

    /// <summary>Corrections of the tenant's usage in this partition by position, after the given one.</summary>
    /// <param name="device">Only of this device; null for all.</param>
    /// <param name="usageEvent">Only of events with this id; null for all.</param>
    [Alias("corrections")]
    Task<CorrectionView[]> Corrections(string tenant, string? device, string? usageEvent, long after, int limit);

    /// <summary>What a corrected plan changes for subscriptions of this partition, by id; changes nothing.</summary>
    [Alias("try-re-rating")]
    [ResponseTimeout("00:05:00")]
    Task<ReRatedSubscription[]> TryReRating(ReRatingQuery query);

    /// <summary>Rates periods of this partition's subscriptions by a corrected plan from now on; durable when answered, idempotent.</summary>
    [Alias("apply-re-rating")]
    Task ApplyReRating(ReRatingQuery query, ReRatedSubscription[] subscriptions);

    /// <summary>Subscriptions of this partition that a migration concerns, by id, and whether each can be moved; changes nothing.</summary>
    [Alias("try-migration")]
    [ResponseTimeout("00:05:00")]
    Task<MigrationItem[]> TryMigration(MigrationQuery query);

    /// <summary>
    /// Does a job's items of this partition's devices; durable when answered. The same step again answers the same and does nothing; a step
    /// before the newest is refused as unavailable.
    /// </summary>
    [Alias("do-job-share")]
    Task<DeviceOutcome[]> DoJobShare(JobShare share);

    /// <summary>What this partition's devices bring to a pool and take from it in a usage period, by raw events.</summary>
    [Alias("pool-usage")]
    [ResponseTimeout("00:05:00")]
    Task<PoolDeviceUsage[]> PoolUsage(PoolUsageQuery query);

    /// <summary>What a subscription's raw events and devices of this partition add up to under other plans.</summary>
    [Alias("try-plans")]
    [ResponseTimeout("00:05:00")]
    Task<TrialUsage> TryPlans(TrialUsageQuery query);

    /// <summary>The same of several subscriptions at once, in the order of the query.</summary>
    [Alias("try-fleet")]
    [ResponseTimeout("00:05:00")]
    Task<TrialUsage[]> TryFleet(TrialFleetQuery query);

    /// <summary>Raw events behind an invoice line, by position.</summary>
    [Alias("line-events")]
    [ResponseTimeout("00:05:00")]
    Task<RecordedUsage[]> LineEvents(LineEventsQuery query);

    /// <summary>What this partition's devices used of lines of an invoice, by raw events: by line and device (ordinal), after the cursor.</summary>
    [Alias("line-usage")]
    [ResponseTimeout("00:05:00")]
    Task<LineDeviceUsage[]> LineUsage(LineUsageQuery query);

    /// <summary>
    /// Recomputes this partition's slices of the tenant from its raw log, apart from the live totals, and compares.
    /// </summary>
    [Alias("audit-usage")]
    [ResponseTimeout("00:30:00")]
    Task<UsageAudit> AuditUsage(string tenant);

    /// <summary>
    /// Re-rates closed periods of this partition's subscriptions from recomputed slices and compares.
    /// </summary>
    [Alias("audit-statements")]
    [ResponseTimeout("00:30:00")]
    Task<StatementAudit> AuditStatements(string tenant, string? customer, Slice[] recomputed);

    /// <summary>Compares invoices of this partition's customers with recomputed statements.</summary>
    [Alias("audit-invoices")]
    [ResponseTimeout("00:30:00")]
    Task<InvoiceAudit> AuditInvoices(string tenant, string? customer, PeriodStatement[] recomputed);
}
