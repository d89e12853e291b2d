using NodaTime;
using OrleansBilling.Contracts.AuditTrail;
using OrleansBilling.Contracts.Invoicing;
using OrleansBilling.Contracts.Jobs;
using OrleansBilling.Core.Devices;
using OrleansBilling.Grains.Corrections;
using OrleansBilling.Grains.Devices;
using OrleansBilling.Grains.Invoicing;
using OrleansBilling.Grains.Jobs;
using OrleansBilling.Grains.Migrations;
using OrleansBilling.Grains.Partitions;
using OrleansBilling.Grains.Records;
using OrleansBilling.Grains.ReRating;
using OrleansBilling.Grains.Subscriptions;

namespace OrleansBilling.Grains.AuditTrail;

/// <summary>
/// Which facts are changes that somebody asked for, and of what. All others (usage, what follows from a change in other partitions, regular
/// work) leave no entry. A new kind of fact that a command appends belongs here.
/// </summary>
internal static class AuditSubjects
{
    /// <summary>What a fact is about to change; null when it is not audited.</summary>
    public static AuditSubject? Of(object fact, PartitionState state, TimeProvider time) => fact switch
    {
        TenantAdded f => new(AuditTrails.Operators, "tenant", f.Tenant.Id, () => state.Directory.Find(f.Tenant.Id)),
        KeyAdded f => AuditedKey.SubjectOf(f.Key, state),
        KeyChanged f => AuditedKey.SubjectOf(f.Key, state),
        ClockMoved f => new(f.Tenant, "clock", f.Tenant, () => new AuditedClock(state.Clock(f.Tenant) ?? state.Tenant(f.Tenant)!.TestNow)),
        MeterDefined f => new(f.Tenant, "meter", f.Meter.Id, () => state.Catalogue(f.Tenant).Meter(f.Meter.Id)),
        PlanPublished f => new(f.Tenant, "plan", f.Plan.Id, () => state.Catalogue(f.Tenant).Plan(f.Plan.Id, null)),
        LegalEntitySet f => new(f.Tenant, "legal_entity", f.LegalEntity.Id, () => state.Series(f.Tenant).Find(f.LegalEntity.Id)),
        BrandingSet f => new(f.Tenant, "branding", f.LegalEntity ?? f.Tenant, () => Branding(state.Series(f.Tenant).Brandings, f.LegalEntity)),
        ExchangeRatesSet f => AuditSubject.Made(f.Tenant, "exchange_rates", $"{f.Sheet.Source}/{f.Sheet.Base}", f.Sheet),
        JobSubmitted f => Job(state, time, f.Tenant, f.Job.Spec.Id),
        JobProgressed { Status: JobStatus.Cancelling } f => Job(state, time, f.Tenant, f.Job),
        JobProgressed { Status: JobStatus.Cancelled } f when state.Jobs(f.Tenant).Find(f.Job)?.StartedAt is null => Job(state, time, f.Tenant, f.Job),
        ReRatingPreviewed f => ReRating(state, f.Tenant, f.View.Spec.Id),
        ReRatingStarted f => ReRating(state, f.Tenant, f.Id),
        MigrationPreviewed f => Migration(state, f.Tenant, f.View.Spec.Id),
        MigrationStarted f => Migration(state, f.Tenant, f.Id),
        SubscriptionCreated f => Subscription(state, time, f.Tenant, f.Spec.Id),
        ChangeDecided f => Decided(state, time, f),
        PackGranted f => new(f.Tenant, "pack", $"{f.Subscription}/{f.Pack.Id}", () => Find(state, f.Tenant, f.Subscription) is { } found
            && found.Packs.FirstOrDefault(p => p.Id == f.Pack.Id) is { } pack ? PackRules.View(found, pack, found.Tenant.Now(time)) : null),
        DeviceRegistered f => Device(state, f.Tenant, f.Device.Id),
        DeviceAssigned f => Device(state, f.Tenant, f.Device),
        DeviceStateSet f => Device(state, f.Tenant, f.Device),
        RegisterWasReset f => AuditSubject.Made(f.Tenant, "register_reset", $"{f.Device}/{f.Reset.Meter}", f.Reset),
        IdentifierOwned f => Identifier(state, f.Tenant, f.Identifier),
        IdentifierEnded f => Identifier(state, f.Tenant, f.Identifier),
        UsageCorrected f => new(
            f.Tenant, "correction", f.Asked.Id, () => new AuditedEvent(f.Asked.Device, f.Asked.Event, f.Before, null),
            () => new AuditedEvent(f.Asked.Device, f.Asked.Event, f.After, f.Asked)),
        _ => CustomerSubjects.Of(fact, state, time),
    };

    /// <summary>Events that left the quarantine of a device, or of an identifier.</summary>
    public static AuditSubject Released(string tenant, string device, string[] events) => AuditSubject.Made(
        tenant, "quarantine", NameOf(device), new AuditedRelease(events.Length, events[..Math.Min(events.Length, AuditedRelease.MostNamed)]));

    private static BrandingView? Branding(BrandingBook book, string? legalEntity) =>
        book.Newest(legalEntity) is { } newest ? book.View(legalEntity, newest) : null;

    private static AuditSubject Job(PartitionState state, TimeProvider time, string tenant, string id) => new(
        tenant, "job", id, () => state.Jobs(tenant).Find(id)?.View(Instant.FromDateTimeOffset(time.GetUtcNow())));

    private static AuditSubject ReRating(PartitionState state, string tenant, string id) => new(
        tenant, "re_rating", id, () => state.ReRatings(tenant).Find(id) is { } view ? view with { Subscriptions = [] } : null);

    private static AuditSubject Migration(PartitionState state, string tenant, string id) => new(
        tenant, "migration", id, () => state.Migrations(tenant).Find(id) is { } view ? view with { Items = [] } : null);

    private static AuditSubject Subscription(PartitionState state, TimeProvider time, string tenant, string id) => new(
        tenant, "subscription", id, () => Find(state, tenant, id) is { } found ? found.ViewAt(found.Tenant.Now(time)) : null);

    /// <summary>A change is one when it is decided, not when it is asked for: by then nobody else may be calling than the regular work.</summary>
    private static AuditSubject? Decided(PartitionState state, TimeProvider time, ChangeDecided fact) =>
        fact.At is not null && Find(state, fact.Tenant, fact.Subscription)?.History?.Pending?.By is { } by
            ? Subscription(state, time, fact.Tenant, fact.Subscription) with { By = by }
            : null;

    private static AuditSubject? Device(PartitionState state, string tenant, string id) => DeviceIdentifier.IsKey(id)
        ? null
        : new(tenant, "device", id, () => DeviceOf(state, tenant, id) is { } device ? DeviceGrain.View(device) : null);

    private static AuditSubject Identifier(PartitionState state, string tenant, string key) => new(
        tenant, "identifier", NameOf(key), () => DeviceOf(state, tenant, key) is { Owners.Count: > 0 } device ? IdentifierGrain.View(device) : null);

    private static string NameOf(string device) => DeviceIdentifier.IsKey(device)
        ? $"{DeviceIdentifier.OfKey(device).Kind}:{DeviceIdentifier.OfKey(device).Value}"
        : device;

    private static DeviceState? DeviceOf(PartitionState state, string tenant, string id) =>
        state.Tenant(tenant) is { } copy ? state.Devices.Device(copy, id) : null;

    private static SubscriptionState? Find(PartitionState state, string tenant, string id) =>
        state.Tenant(tenant) is { } copy ? state.Subscriptions.Find(copy, id) : null;

    private sealed record AuditedClock(Instant? Now);

    /// <param name="Version">Null for one that was taken back.</param>
    /// <param name="Asked">What was asked for.</param>
    private sealed record AuditedEvent(
        string Device, string Event, UsageVersion? Version, OrleansBilling.Contracts.Corrections.UsageCorrection? Asked);

    /// <param name="Released">Events in all.</param>
    /// <param name="Events">Ids of the first of them.</param>
    private sealed record AuditedRelease(int Released, string[] Events)
    {
        public const int MostNamed = 100;
    }
}
