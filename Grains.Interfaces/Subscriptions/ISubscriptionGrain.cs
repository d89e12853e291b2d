using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Core.Allowances;
using OrleansBilling.Core.Invoicing;

namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>One subscription; the key is <see cref="EntityKey.Of"/> tenant and subscription id.</summary>
[GrainInterfaceType("billing.subscription")]
public interface ISubscriptionGrain : IGrainWithStringKey
{
    /// <summary>Creates it; the same content again is Unchanged, other content a Conflict.</summary>
    [Alias("create")]
    Task<CommandResult<SubscriptionView>> Create(SubscriptionSpec spec);

    /// <summary>The subscription, or null.</summary>
    [Alias("get")]
    Task<SubscriptionView?> Get();

    /// <summary>What device partitions need to rate its usage; null for no such subscription.</summary>
    [Alias("terms")]
    Task<SubscriptionTerms?> Terms();

    /// <summary>
    /// Changes the plan, or ends the subscription, from an instant on. Created once it is decided and every partition rates by it; the
    /// same again is Unchanged, other content under the same id a Conflict, and so is an instant at or after which usage is rated.
    /// </summary>
    [Alias("change")]
    Task<CommandResult<SubscriptionChange>> Change(SubscriptionChangeSpec spec);

    /// <summary>Withdraws a change that has not begun; the same again is Unchanged.</summary>
    [Alias("withdraw")]
    Task<CommandResult<SubscriptionChange>> Withdraw(string change);

    /// <summary>Decides what is pending and answers how the timeline is then; null for no such subscription.</summary>
    [Alias("settle")]
    Task<SubscriptionTimeline?> Settle();

    /// <summary>
    /// Charges of all periods not closed yet, as invoice lines, including every event acknowledged before the call. Asked by silos of
    /// earlier versions while a cluster is upgraded; see <see cref="RunningStatements"/>.
    /// </summary>
    [Alias("running-lines")]
    Task<InvoiceLine[]> RunningLines();

    /// <summary>As <see cref="RunningLines"/>, period by period, with what is closed but not confirmed by the customer.</summary>
    [Alias("running-statements")]
    Task<PeriodStatement[]> RunningStatements();

    /// <summary>A pool in the period of an instant, with every device's part; rejected where the plan has no such pool.</summary>
    /// <param name="charge">Id of a usage charge with an allowance.</param>
    /// <param name="at">Now when null.</param>
    [Alias("pool")]
    [ResponseTimeout("00:05:00")]
    Task<CommandResult<PoolView>> Pool(string charge, Instant? at, PoolSplit split);

    /// <summary>
    /// What the usage of a billing period would have cost under other plans, by the raw events; rejected where one of the plans is unknown,
    /// not valid, or has another currency or cycle. A Conflict when the archive no longer has all events of the period.
    /// </summary>
    [Alias("what-if")]
    [ResponseTimeout("00:05:00")]
    Task<CommandResult<WhatIfView>> WhatIf(WhatIfSpec spec);

    /// <summary>Rates totals of a period, by raw events, under other plans; called by the customer. A Conflict as of <see cref="WhatIf"/>.</summary>
    [Alias("rate-trial")]
    [ResponseTimeout("00:05:00")]
    Task<CommandResult<WhatIfView>> RateTrial(SubscriptionTrial trial);

    /// <summary>Grants a quantity for a charge, from the present billing period on; the same content again is Unchanged, other content a
    /// Conflict.</summary>
    [Alias("grant-pack")]
    Task<CommandResult<PackView>> GrantPack(PackSpec spec);

    /// <summary>All packs, in the order of granting, with all usage acknowledged before the call; null for no such subscription.</summary>
    [Alias("packs")]
    Task<PackView[]?> Packs();

    /// <summary>Says that reservations need the customer's word about money, from now on. Called by the customer; idempotent.</summary>
    [Alias("set-prepaid")]
    Task SetFundsLimit();

    /// <summary>What the subscription can come to at most, with all that is reserved; null for no such subscription.</summary>
    [Alias("funds-needed")]
    Task<FundsNeed?> FundsNeeded();

    /// <summary>Reserves quota for one of its devices; see <see cref="Devices.IDeviceGrain.Reserve"/>.</summary>
    [Alias("reserve")]
    Task<CommandResult<ReservationView>> Reserve(string device, ReservationSpec spec);

    /// <summary>Takes what a device used of its reservation; see <see cref="Devices.IDeviceGrain.ReportReserved"/>.</summary>
    [Alias("report-reserved")]
    Task<CommandResult<ReservationView>> ReportReserved(string device, string reservation, ReservationUse use);

    /// <summary>A reservation of a device.</summary>
    [Alias("reservation")]
    Task<CommandResult<ReservationView>> Reservation(string device, string reservation);
}
