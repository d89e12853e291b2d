using NodaTime;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Partitions;
using OrleansBilling.Contracts.Pricing;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Core.Devices;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Core.Balances;
using OrleansBilling.Core.ExchangeRates;
using OrleansBilling.Core.Invoicing;
using OrleansBilling.Core.Periods;
using OrleansBilling.Core.Receivables;
using OrleansBilling.Core.Subscriptions;
using OrleansBilling.Core.Usage;
using OrleansBilling.Grains.Reservations;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.Records;

// Facts that are rare next to usage. They are stored as JSON: a later version may add members, never change one.

internal sealed record TenantAdded(TenantView Tenant);

internal sealed record KeyAdded(ApiKeyRecord Key);

/// <summary>A key was revoked, or is to end; the whole of it as it is now.</summary>
internal sealed record KeyChanged(ApiKeyRecord Key);

internal sealed record ClockMoved(string Tenant, Instant To);

internal sealed record MeterDefined(string Tenant, MeterDefinition Meter);

internal sealed record PlanPublished(string Tenant, PlanView Plan);

internal sealed record CustomerRegistered(string Tenant, CustomerSpec Customer);

internal sealed record CustomerSubscribed(string Tenant, SubscriptionView Subscription, BillingCycle Cycle);

internal sealed record StatementTaken(PeriodStatement Statement);

/// <param name="Key">Names the invoice before it has a number, so that a repeat gets the same one.</param>
/// <param name="BilledPeriods">For each line, the subscription's period whose close put it there.</param>
/// <param name="Sources">For each line, what it charges for; only where a wallet asks for it.</param>
internal sealed record InvoiceIssued(string Tenant, string Key, InvoiceView Invoice, int[] BilledPeriods, LineSource?[]? Sources = null);

/// <param name="Kind">Of the document; earlier versions of this program numbered only invoices.</param>
/// <param name="LegalEntity">Who issues it; null for nobody in particular.</param>
/// <param name="Document">SHA-256 of its bytes; null where an earlier version gave the number, which may be sealed by a later fact.</param>
/// <param name="Link">Its link of the chain; null where <paramref name="Document"/> is.</param>
internal sealed record NumberAssigned(
    string Tenant, string Key, string Customer, string Number, DocumentKind Kind = DocumentKind.Invoice, string? LegalEntity = null,
    string? Document = null, string? Link = null);

/// <summary>A legal entity was added, or is from now on as it says.</summary>
internal sealed record LegalEntitySet(string Tenant, LegalEntitySpec LegalEntity);

/// <summary>How documents look from one on.</summary>
/// <param name="LegalEntity">Whose; null for those of legal entities that say nothing of their own.</param>
/// <param name="Documents">Numbers that the tenant had given before: those documents keep their looks.</param>
/// <param name="Logo">Hash of a <see cref="LogoStored"/>; null for none.</param>
internal sealed record BrandingSet(string Tenant, string? LegalEntity, int Documents, BrandingSpec Branding, string? Logo);

/// <summary>The file of a logo.</summary>
/// <param name="Hash">SHA-256, lower-case hexadecimal.</param>
internal sealed record LogoStored(string Tenant, string Hash, byte[] File);

/// <summary>The content of an invoice, and with it what it draws from wallets. It has no number before it is sealed.</summary>
/// <param name="Key">Names it before it has a number.</param>
/// <param name="Document">An <see cref="InvoiceView"/> without number and seal: the bytes that are kept for ever.</param>
/// <param name="BilledPeriods">For each line, the subscription's period whose close put it there.</param>
/// <param name="Sources">For each line, what it charges for; only where a wallet asks for it.</param>
internal sealed record InvoicePrepared(
    string Tenant, string Customer, string Key, RawJson Document, int[] BilledPeriods, LineSource?[]? Sources = null);

/// <summary>A prepared document has its number and its place in the chain: it is final.</summary>
internal sealed record DocumentSealed(string Tenant, string Customer, string Key, DocumentSeal Seal);

/// <summary>The content of a credit note. It has no number before it is sealed.</summary>
/// <param name="Id">Chosen by the caller.</param>
/// <param name="Invoice">Key of the invoice.</param>
/// <param name="Document">A <see cref="CreditNoteView"/> without number and seal: the bytes that are kept for ever.</param>
/// <param name="Asked">What was asked for: a repeat asks for the same.</param>
internal sealed record CreditNotePrepared(
    string Tenant, string Customer, string Id, string Invoice, RawJson Document, CreditNoteSpec Asked);

/// <summary>Money came in.</summary>
/// <param name="Allocations">What it pays at once, by key of the invoice.</param>
/// <param name="Asked">What was asked for: a repeat asks for the same.</param>
internal sealed record PaymentRecorded(
    string Tenant, string Customer, Payment Payment, PaymentAllocation[] Allocations, PaymentSpec Asked);

/// <summary>What was over of a payment pays an invoice.</summary>
internal sealed record PaymentAllocated(string Tenant, string Customer, string Payment, PaymentAllocation Allocation);

/// <summary>A payment went back; what it paid is open again.</summary>
/// <param name="Reason">For people.</param>
internal sealed record PaymentReversed(string Tenant, string Customer, string Payment, Money Amount, Instant At, string Reason);

/// <summary>Nobody expects the rest of an invoice any more.</summary>
/// <param name="Invoice">Its key.</param>
/// <param name="Number">Its number.</param>
internal sealed record InvoiceWrittenOff(string Tenant, string Customer, string Invoice, string Number, Money Amount, Instant At, string Reason);

/// <summary>Money of the customer's balance went back to it.</summary>
internal sealed record BalanceRefunded(string Tenant, string Customer, string Id, Money Amount, Instant At, string? Reference);

/// <summary>Exchange rates are known from now on, or are others than before.</summary>
internal sealed record ExchangeRatesSet(string Tenant, RateSheet Sheet);

/// <summary>Somebody looked at a draft and lets it go out.</summary>
internal sealed record DraftApproved(string Tenant, string Customer, string Key);

/// <summary>A customer is from now on as it says; documents that are issued stay as they are.</summary>
internal sealed record CustomerChanged(string Tenant, CustomerSpec Customer);

internal sealed record SubscriptionCreated(string Tenant, SubscriptionSpec Spec, SubscriptionTerms Terms);

internal sealed record PeriodClosed(PeriodStatement Statement);

internal sealed record StatementDelivered(string Tenant, string Subscription, int Period);

internal sealed record TenantLearned(TenantView Tenant);

internal sealed record MeterLearned(string Tenant, MeterDefinition Meter);

/// <summary>Of earlier versions of this program: terms with a copy of their plan. Still read, no longer written.</summary>
internal sealed record TermsLearned(string Tenant, SubscriptionTerms Terms);

/// <summary>A plan version that usage in this partition is rated with.</summary>
/// <param name="Meters">The meters that the plan's charges name.</param>
internal sealed record PlanLearned(string Tenant, PlanView Plan, MeterDefinition[] Meters);

/// <summary>What the partition of a device must know of its subscription; <see cref="PlanLearned"/> came before.</summary>
/// <param name="Variant">The key of the plan's overrides; null for the plan as published.</param>
internal sealed record SubscriptionLearned(
    string Tenant, string Id, string Plan, int PlanVersion, Instant Start, Instant? End, string TimeZone, string AnchorDate,
    string? Variant = null);

/// <summary>Seals for one tenant: its test clock was moved, or the partition has just learnt of it.</summary>
/// <param name="TestNow">Where the tenant's test clock stands; null on the wall clock.</param>
internal sealed record Sealed(string Tenant, Instant? TestNow, Instant Through);

/// <summary>The wall clock was read: seals for every tenant that runs on it, each by its own grace.</summary>
internal sealed record WallClockSealed(Instant Now);

internal sealed record DeviceRegistered(string Tenant, DeviceSpec Device);

/// <param name="Rules">For the newest state of the device, which had none because it belonged to nobody; null where nothing is to be said.</param>
internal sealed record DeviceAssigned(
    string Tenant, string Device, string? Subscription, Instant From, LifecycleRules? Rules = null);

/// <param name="Rules">How the device becomes active by itself; null where the state has no such rules, or the device no plan.</param>
internal sealed record DeviceStateSet(string Tenant, string Device, string State, Instant From, LifecycleRules? Rules = null);

/// <summary>In snapshots: what a state that a device was given comes to.</summary>
/// <param name="Stay">Place among the states that the device was given.</param>
/// <param name="UsedUpAt">Unix ticks from which its usage made it active; null for not.</param>
internal sealed record LifecycleHeld(
    string Tenant, string Device, int Stay, LifecycleRules? Rules, long? UsedUpAt, TestUsage[] Free);

internal sealed record RegisterWasReset(string Tenant, string Device, RegisterReset Reset);

/// <summary>In the partition of an identifier: it is a device's for a time.</summary>
/// <param name="Identifier">Its key.</param>
/// <param name="Owner">With its number among the identifier's times.</param>
internal sealed record IdentifierOwned(string Tenant, string Identifier, IdentifierOwner Owner);

/// <summary>In the partition of an identifier: one of its times ends at an instant, which the device's partition has agreed to.</summary>
internal sealed record IdentifierEnded(string Tenant, string Identifier, int Number, Instant To);

/// <summary>In the partition of a device: an identifier is the device's for a time.</summary>
/// <param name="NewestUsage">In snapshots: Unix ticks of the newest usage that named it; null for none.</param>
internal sealed record DeviceIdentified(string Tenant, string Identifier, IdentifierOwner Owner, long? NewestUsage = null);

/// <summary>In the partition of a device: one of the times of an identifier ends at an instant.</summary>
internal sealed record DeviceIdentifierEnded(string Tenant, string Device, string Identifier, int Number, Instant To);

/// <summary>In the partition of an identifier: an event has left its quarantine, because the device's partition has it.</summary>
internal sealed record UsageForwarded(string Tenant, string Identifier, string EventId, string Device);

/// <summary>In snapshots: a subscription whose plan version was told before.</summary>
/// <param name="Variant">That it began with, where a phase makes it another than that of the spec's overrides; null otherwise.</param>
internal sealed record SubscriptionHeld(string Tenant, SubscriptionSpec Spec, SubscriptionView View, string? Variant = null);

/// <summary>In snapshots: how far a subscription is closed, since its closed periods are not repeated there.</summary>
internal sealed record SubscriptionProgress(string Tenant, string Subscription, int ClosedThrough);

/// <summary>In snapshots: how far statements of each subscription were taken.</summary>
internal sealed record CustomerProgress(string Tenant, string Customer, Dictionary<string, int> TakenThrough);

/// <param name="End">Null for one that runs on after all.</param>
internal sealed record CustomerSubscriptionEnded(string Tenant, string Customer, string Subscription, Instant? End);

/// <summary>A change of a subscription was asked for; from here on it is carried on whatever crashes.</summary>
internal sealed record ChangeRequested(string Tenant, string Subscription, ChangeIntent Intent);

/// <summary>No partition rates usage from an instant on before it hears this.</summary>
/// <param name="At">When it begins; null when usage at or after the instant was rated already.</param>
/// <param name="Earliest">The earliest instant that would have been possible; null when it was.</param>
/// <param name="Reason">Why a back-dated change is impossible whenever it begins; null otherwise.</param>
/// <param name="Stages">Of the plan that begins, where it has several; null otherwise.</param>
internal sealed record ChangeDecided(
    string Tenant, string Subscription, string Change, Instant? At, Instant? Earliest, string? Reason = null,
    PlanSegment[]? Stages = null);

/// <summary>Every partition has confirmed the decision.</summary>
internal sealed record ChangeTold(string Tenant, string Subscription, string Change);

/// <summary>In the partition of devices: no usage of the subscription from an instant on before the change is decided.</summary>
internal sealed record UsageHeld(string Tenant, string Subscription, string Change, Instant From);

/// <summary>In the partition of devices: plans over time; <see cref="PlanLearned"/> of each came before.</summary>
/// <param name="Change">The change whose hold ends, or null.</param>
internal sealed record TimelineLearned(string Tenant, string Subscription, PlanTimeline Timeline, string? Change);

/// <summary>In snapshots: changes of a subscription.</summary>
internal sealed record SubscriptionHistoryHeld(string Tenant, string Subscription, SubscriptionHistory History);

/// <summary>In snapshots: an entry of the table of terms, for a later plan of a subscription whose entry came before.</summary>
internal sealed record SegmentHeld(
    string Tenant, string Subscription, int Number, string Plan, int PlanVersion, Instant From, string? Variant = null);

internal sealed record WalletOpened(string Tenant, string Customer, Wallet Wallet);

/// <summary>Money came into a wallet.</summary>
/// <param name="Postings">As decided then; they add up to zero.</param>
internal sealed record CreditGranted(string Tenant, string Customer, CreditGrant Grant, Posting[] Postings);

/// <summary>The unused rest of a grant left its wallet.</summary>
/// <param name="Expired">Whether by its expiry; otherwise it was voided.</param>
/// <param name="At">When it takes effect: the instant of expiry, or that of the command.</param>
/// <param name="RecordedAt">The tenant's clock; later than <paramref name="At"/> for an expiry, by the grace at least.</param>
/// <param name="Reason">Of a voided one, in the client's words; may be null.</param>
/// <param name="Postings">As decided then; they add up to zero.</param>
/// <param name="Rolled">The grant that goes on with a part of it; null for none.</param>
internal sealed record GrantEnded(
    string Tenant, string Customer, string Wallet, string Grant, bool Expired, Instant At, Instant RecordedAt, string? Reason,
    Posting[] Postings, CreditGrant? Rolled = null);

/// <summary>A reservation was made, reported, settled or released.</summary>
/// <param name="At">When it was decided: leases that were over by then are.</param>
/// <param name="Reservation">As it is from then on.</param>
internal sealed record ReservationSet(string Tenant, string Subscription, Instant At, Reservation Reservation);

/// <summary>In the subscription's partition: reservations need the word of its customer, who pays in advance or agreed on a maximum that blocks.</summary>
internal sealed record FundsLimitSet(string Tenant, string Subscription);

/// <summary>A quantity was bought, or given, for a charge of a subscription.</summary>
internal sealed record PackGranted(string Tenant, string Subscription, UnitPack Pack);

/// <summary>In the customer's partition: money is kept for what a subscription can come to. Replaces what was kept for it.</summary>
internal sealed record FundsHeld(string Tenant, string Customer, FundsNeed Need);

/// <summary>A customer had the one trial of a plan, with a subscription.</summary>
internal sealed record TrialTaken(string Tenant, string Customer, string Plan, string Subscription);
