using NodaTime;
using OrleansBilling.Contracts.Migrations;

namespace OrleansBilling.Grains.Migrations;

/// <summary>Somebody asked who would be moved to another version. Also in snapshots.</summary>
internal sealed record MigrationPreviewed(string Tenant, MigrationView View);

/// <summary>It is decided that they shall be moved; from here on it is carried on whatever crashes.</summary>
internal sealed record MigrationStarted(string Tenant, string Id, Instant At);

/// <summary>Subscriptions have their result.</summary>
internal sealed record MigrationProgressed(string Tenant, string Id, MigrationItem[] Items);
