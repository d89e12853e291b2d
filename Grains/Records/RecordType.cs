namespace OrleansBilling.Grains.Records;

/// <summary>First byte of every log record. Values are stored for years: never change or reuse one. 255 stays free: tests take it for
/// one of a newer program.</summary>
internal enum RecordType : byte
{
    TenantAdded = 1,
    KeyAdded = 2,
    ClockMoved = 3,
    KeyChanged = 4,

    MeterDefined = 10,
    PlanPublished = 11,

    CustomerRegistered = 20,
    CustomerSubscribed = 21,
    StatementTaken = 22,
    InvoiceIssued = 23,
    NumberAssigned = 24,
    CustomerSubscriptionEnded = 25,
    InvoicePrepared = 26,
    DocumentSealed = 27,
    CustomerChanged = 28,
    LegalEntitySet = 29,
    DraftApproved = 190,
    CreditNotePrepared = 191,
    PaymentRecorded = 192,
    PaymentAllocated = 193,
    PaymentReversed = 194,
    InvoiceWrittenOff = 195,
    BalanceRefunded = 196,
    BrandingSet = 210,
    LogoStored = 211,

    // Exchange rates of tenants: facts, in the log and in snapshots.
    ExchangeRatesSet = 187,

    SubscriptionCreated = 30,
    PeriodClosed = 31,
    StatementDelivered = 32,
    ChangeRequested = 33,
    ChangeDecided = 34,
    ChangeTold = 35,

    TenantLearned = 40,
    MeterLearned = 41,
    TermsLearned = 42,
    Sealed = 43,
    WallClockSealed = 44,
    PlanLearned = 45,
    SubscriptionLearned = 46,
    UsageHeld = 47,
    TimelineLearned = 48,

    DeviceRegistered = 50,
    DeviceAssigned = 51,
    DeviceStateSet = 52,
    RegisterWasReset = 53,

    // Identifiers of devices: in the partition of the identifier, and in that of the device.
    IdentifierOwned = 54,
    IdentifierEnded = 55,
    DeviceIdentified = 56,
    DeviceIdentifierEnded = 57,

    // Only in snapshots: devices that are, or were, in test or ready for activation.
    LifecycleHeld = 58,

    Usage = 100,

    // Usage that left the quarantine of an identifier; usage that named an identifier.
    UsageForwarded = 101,
    IdentifiedUsage = 102,

    // Usage of either kind, as it is written today: 100 and 102 are only read.
    PackedUsage = 186,

    CallAnswered = 176,
    CallHeld = 177,

    // Audit trails: the entry in the log; in snapshots where the entries are.
    AuditEntryAppended = 178,
    AuditTrailHeld = 179,

    // Corrections of usage: the fact in the log, the rest only in snapshots.
    UsageCorrected = 160,
    CorrectionHeld = 161,
    SliceCorrections = 162,

    // Periods rated again by a corrected plan.
    ReRatingPreviewed = 163,
    ReRatingStarted = 164,
    ReRatingApplied = 165,
    PeriodsReRated = 166,

    // What customers agreed over all subscriptions: facts, in the log and in snapshots.
    SpendAgreed = 167,
    SpendAgreementEnded = 168,
    SpendPeriodDue = 169,

    // Subscriptions moved to another version of their plan.
    MigrationPreviewed = 171,
    MigrationStarted = 172,
    MigrationProgressed = 173,

    // Bulk jobs: items and results, which stay in the archive, and what becomes of the job; in the partition of devices the newest step.
    JobItemsStored = 182,
    JobSubmitted = 183,
    JobProgressed = 184,
    JobShareDone = 185,

    // Only in snapshots: bulk state that replay would otherwise build record by record.
    DeviceTotals = 200,
    RegisterReadings = 201,
    SliceTotals = 202,
    EventIds = 203,
    QuarantineIndex = 204,
    SubscriptionProgress = 205,
    CustomerProgress = 206,
    Devices = 207,
    SubscriptionHeld = 208,
    PresenceCounted = 209,
    SliceAggregates = 220,
    DeviceAggregates = 221,
    SubscriptionHistoryHeld = 222,
    SegmentHeld = 223,

    // Levels and sessions of devices: only in snapshots.
    LevelReadings = 250,
    LevelsCarried = 251,
    SessionReadings = 252,

    // Wallets of customers: facts, in the log and in snapshots.
    WalletOpened = 230,
    CreditGranted = 231,
    GrantEnded = 232,

    // Reservations against wallets: that there are any, at the subscription; what is kept for it, at the customer.
    FundsLimitSet = 233,
    FundsHeld = 234,

    // Quantities bought for charges of subscriptions.
    PackGranted = 235,

    // Quota of subscriptions: the newest state of a reservation, in the log and in snapshots.
    ReservationSet = 170,
    // Life of subscriptions.
    UsageRerated = 240,
    TrialTaken = 241,
}
