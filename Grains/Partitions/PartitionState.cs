using NodaTime;
using OrleansBilling.Core.ExchangeRates;
using OrleansBilling.Grains.AuditTrail;
using OrleansBilling.Grains.Corrections;
using OrleansBilling.Grains.Customers;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Idempotency;
using OrleansBilling.Grains.Invoicing;
using OrleansBilling.Grains.Jobs;
using OrleansBilling.Grains.Migrations;
using OrleansBilling.Grains.Pricing;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.ReRating;
using OrleansBilling.Grains.Subscriptions;
using OrleansBilling.Grains.Tenants;

namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// Everything a partition knows: a pure function of its log. Not thread-safe; <see cref="Partition"/> guards it.
/// </summary>
internal sealed partial class PartitionState
{
    private readonly Dictionary<string, TenantCopy> _tenants = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Catalogue> _catalogues = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReRatingBook> _reRatings = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MigrationBook> _migrations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobBook> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, InvoiceSeries> _series = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RateTable> _rates = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Instant> _clocks = new(StringComparer.Ordinal);

    public PartitionState(int partitionCount)
    {
        Outbox = new(partitionCount);
        Devices = new(partitionCount, Outbox, Plans, Calendars);
        Subscriptions = new(partitionCount, Plans, Calendars);
        Customers = new(Calendars);
    }

    public TenantDirectory Directory { get; } = new();

    public CallBook Calls { get; } = new();

    public AuditBook AuditTrails { get; } = new();

    public PlanTable Plans { get; } = new();

    public CalendarTable Calendars { get; } = new();

    public CustomerBook Customers { get; }

    public SubscriptionBook Subscriptions { get; }

    public DeviceBook Devices { get; }

    public SliceOutbox Outbox { get; }

    public IEnumerable<TenantCopy> Tenants => _tenants.Values;

    public TenantCopy? Tenant(string id) => _tenants.GetValueOrDefault(id);

    public Catalogue Catalogue(string tenant) => Of(_catalogues, tenant);

    public ReRatingBook ReRatings(string tenant) => Of(_reRatings, tenant);

    public MigrationBook Migrations(string tenant) => Of(_migrations, tenant);

    public JobBook Jobs(string tenant) => Of(_jobs, tenant);

    /// <summary>Jobs of all tenants that are not over.</summary>
    public IEnumerable<(string Tenant, string Id)> RunningJobs => _jobs.SelectMany(jobs => jobs.Value.Running.Select(id => (jobs.Key, id)));

    public JobShares JobShares { get; } = new();

    public InvoiceSeries Series(string tenant) => Of(_series, tenant);

    public RateTable Rates(string tenant) => Of(_rates, tenant);

    /// <summary>Where a test clock was last told to stand; only in the partition that owns the clock.</summary>
    public Instant? Clock(string tenant) => _clocks.TryGetValue(tenant, out var now) ? now : null;

    /// <summary>Applies a fact, live or on replay.</summary>
    /// <param name="lsn">Its position in the log; of a snapshot's record the snapshot's.</param>
    public void Apply(object fact, long lsn = 0)
    {
        switch (fact)
        {
            case TenantAdded f: Directory.Apply(f); break;
            case KeyAdded f: Directory.Apply(f); break;
            case KeyChanged f: Directory.Apply(f); break;
            case ClockMoved f: _clocks[f.Tenant] = f.To; break;
            case MeterDefined f: Catalogue(f.Tenant).Apply(f); break;
            case PlanPublished f: Catalogue(f.Tenant).Apply(f); break;
            case NumberAssigned f: Series(f.Tenant).Apply(f); break;
            case LegalEntitySet f: Series(f.Tenant).Apply(f); break;
            case ExchangeRatesSet f: SetRates(f); break;
            case BrandingSet f: Series(f.Tenant).Brandings.Apply(f); break;
            case LogoStored f: Series(f.Tenant).Brandings.Apply(f); break;
            case CustomerRegistered f: Customers.Apply(_tenants[f.Tenant], f); break;
            case CustomerSubscribed f: Customers.Apply(_tenants[f.Tenant], f); break;
            case StatementTaken f: Customers.Apply(_tenants[f.Statement.Tenant], f); break;
            case InvoiceIssued f: Customers.Apply(_tenants[f.Tenant], f); break;
            case InvoicePrepared f: Customers.Apply(_tenants[f.Tenant], f); break;
            case DocumentSealed f: Customers.Apply(_tenants[f.Tenant], f); break;
            case DraftApproved f: Customers.Apply(_tenants[f.Tenant], f); break;
            case CreditNotePrepared f: Customers.Apply(_tenants[f.Tenant], f); break;
            case PaymentRecorded f: Customers.Apply(_tenants[f.Tenant], f); break;
            case PaymentAllocated f: Customers.Apply(_tenants[f.Tenant], f); break;
            case PaymentReversed f: Customers.Apply(_tenants[f.Tenant], f); break;
            case InvoiceWrittenOff f: Customers.Apply(_tenants[f.Tenant], f); break;
            case BalanceRefunded f: Customers.Apply(_tenants[f.Tenant], f); break;
            case CustomerChanged f: Customers.Apply(_tenants[f.Tenant], f); break;
            case CustomerSubscriptionEnded f: Customers.Apply(_tenants[f.Tenant], f); break;
            case WalletOpened f: Customers.Apply(_tenants[f.Tenant], f); break;
            case CreditGranted f: Customers.Apply(_tenants[f.Tenant], f); break;
            case GrantEnded f: Customers.Apply(_tenants[f.Tenant], f); break;
            case TrialTaken f: Customers.Apply(_tenants[f.Tenant], f); break;
            case SpendAgreed f: Customers.Apply(_tenants[f.Tenant], f); break;
            case SpendPeriodDue f: Customers.Apply(_tenants[f.Tenant], f); break;
            case SpendAgreementEnded f: Customers.Apply(_tenants[f.Tenant], f); break;
            case CustomerProgress f: Customers.Apply(_tenants[f.Tenant], f); break;
            case SubscriptionCreated f: Subscriptions.Apply(_tenants[f.Tenant], f); break;
            case ChangeRequested f: Subscriptions.Apply(_tenants[f.Tenant], f); break;
            case ChangeDecided f: Subscriptions.Apply(_tenants[f.Tenant], f); break;
            case ChangeTold f: Subscriptions.Apply(_tenants[f.Tenant], f); break;
            case SubscriptionHistoryHeld f: Subscriptions.Apply(_tenants[f.Tenant], f); break;
            case SubscriptionHeld f: Subscriptions.Apply(_tenants[f.Tenant], f); break;
            case PeriodClosed f: Subscriptions.Apply(_tenants[f.Statement.Tenant], f); break;
            case StatementDelivered f: Subscriptions.Apply(_tenants[f.Tenant], f); break;
            case SubscriptionProgress f: Subscriptions.Apply(_tenants[f.Tenant], f); break;
            case ReservationSet f: Subscriptions.Apply(_tenants[f.Tenant], f); break;
            case PackGranted f: Subscriptions.Apply(_tenants[f.Tenant], f); break;
            case FundsLimitSet f: Subscriptions.Apply(_tenants[f.Tenant], f); break;
            case FundsHeld f: Customers.Apply(_tenants[f.Tenant], f); break;
            case TenantLearned f: _tenants.TryAdd(f.Tenant.Id, new(f.Tenant)); break;
            case Sealed f: Seal(_tenants[f.Tenant], f.TestNow, f.Through); break;
            case WallClockSealed f: SealWallClocks(f.Now); break;
            case MeterLearned f: Devices.Apply(_tenants[f.Tenant], f); break;
            case TermsLearned f: Devices.Apply(_tenants[f.Tenant], f); break;
            case PlanLearned f: Plans.Learn(_tenants[f.Tenant], f.Plan, f.Meters); break;
            case SubscriptionLearned f: Devices.Apply(_tenants[f.Tenant], f); break;
            case UsageHeld f: Devices.Apply(_tenants[f.Tenant], f); break;
            case TimelineLearned f: Devices.Apply(_tenants[f.Tenant], f); break;
            case UsageRerated f: Devices.Apply(_tenants[f.Tenant], f); break;
            case SegmentHeld f: Devices.Apply(_tenants[f.Tenant], f); break;
            case DeviceRegistered f: Devices.Apply(_tenants[f.Tenant], f); break;
            case DeviceAssigned f: Devices.Apply(_tenants[f.Tenant], f); break;
            case DeviceStateSet f: Devices.Apply(_tenants[f.Tenant], f); break;
            case IdentifierOwned f: Devices.Apply(_tenants[f.Tenant], f); break;
            case IdentifierEnded f: Devices.Apply(_tenants[f.Tenant], f); break;
            case DeviceIdentified f: Devices.Apply(_tenants[f.Tenant], f); break;
            case DeviceIdentifierEnded f: Devices.Apply(_tenants[f.Tenant], f); break;
            case LifecycleHeld f: Devices.Apply(_tenants[f.Tenant], f); break;
            case UsageForwarded f: Devices.Apply(_tenants[f.Tenant], f); break;
            case RegisterWasReset f: Devices.Apply(_tenants[f.Tenant], f); break;
            case UsageCorrected f: Devices.Apply(_tenants[f.Tenant], f, lsn); break;
            case CorrectionHeld f: Devices.Apply(_tenants[f.Fact.Tenant], f); break;
            case SliceCorrections f: Devices.Apply(f); break;
            case ReRatingPreviewed f: ReRatings(f.Tenant).Apply(f); break;
            case ReRatingStarted f: ReRatings(f.Tenant).Apply(f); break;
            case ReRatingApplied f: ReRatings(f.Tenant).Apply(f); break;
            case MigrationPreviewed f: Migrations(f.Tenant).Apply(f); break;
            case MigrationStarted f: Migrations(f.Tenant).Apply(f); break;
            case MigrationProgressed f: Migrations(f.Tenant).Apply(f); break;
            case JobItemsStored: break;
            case JobSubmitted f: Jobs(f.Tenant).Apply(f); break;
            case JobProgressed f: Jobs(f.Tenant).Apply(f, lsn); break;
            case JobShareDone f: JobShares.Apply(f); break;
            case PeriodsReRated f: Subscriptions.Apply(_tenants[f.Tenant], f); break;
            case CallAnswered f: Calls.Apply(f, lsn); break;
            case CallHeld f: Calls.Apply(f); break;
            case AuditEntryAppended f: AuditTrails.Apply(f, lsn); break;
            case AuditTrailHeld f: AuditTrails.Apply(f); break;
            default: throw new InvalidDataException($"No rule applies a {fact.GetType().Name}.");
        }
    }

    /// <summary>Applies a record of the log or of a snapshot.</summary>
    public void Apply(ReadOnlySpan<byte> record, long lsn)
    {
        switch ((RecordType)record[0])
        {
            case RecordType.PackedUsage or RecordType.Usage or RecordType.IdentifiedUsage:
                Devices.Replay(UsageRecordCodec.Read(record), lsn);
                break;
            case RecordType.JobItemsStored: break;
            case RecordType.Devices: Devices.RestoreDevices(_tenants, record[1..]); break;
            case RecordType.DeviceTotals: Devices.RestoreTotals(record[1..]); break;
            case RecordType.RegisterReadings: Devices.RestoreRegister(record[1..]); break;
            case RecordType.LevelsCarried: Devices.RestoreCarried(record[1..]); break;
            case RecordType.SessionReadings: Devices.RestoreSession(record[1..]); break;
            case RecordType.LevelReadings: Devices.RestoreLevels(record[1..]); break;
            case RecordType.SliceTotals: Devices.RestoreSlice(record[1..]); break;
            case RecordType.PresenceCounted: Devices.RestorePresence(record[1..]); break;
            case RecordType.SliceAggregates: Devices.RestoreSliceAggregate(record[1..]); break;
            case RecordType.DeviceAggregates: Devices.RestoreDeviceAggregate(record[1..]); break;
            case RecordType.EventIds: Devices.RestoreEventIds(record[1..]); break;
            case RecordType.QuarantineIndex: Devices.RestoreQuarantine(record[1..]); break;
            default: Apply(RareRecordCodec.Decode(record), lsn); break;
        }
    }

    private void SetRates(ExchangeRatesSet fact)
    {
        foreach (var rate in fact.Sheet.Rates())
        {
            Rates(fact.Tenant).Set(rate);
        }
    }

    private void Seal(TenantCopy tenant, Instant? testNow, Instant through)
    {
        Devices.BeginPeriods(tenant, through + tenant.Grace);
        tenant.Seal(testNow, through);
    }

    private void SealWallClocks(Instant now)
    {
        foreach (var jobs in _jobs.Values)
        {
            jobs.Forget(now);
        }
        foreach (var tenant in _tenants.Values)
        {
            if (tenant.TestNow is null)
            {
                Seal(tenant, null, now - tenant.Grace);
            }
        }
    }

    private static T Of<T>(Dictionary<string, T> all, string tenant) where T : new() =>
        all.TryGetValue(tenant, out var one) ? one : all[tenant] = new();
}
