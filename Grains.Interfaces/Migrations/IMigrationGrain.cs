using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Contracts.Migrations;

/// <summary>A tenant's migrations; the key is the tenant.</summary>
[GrainInterfaceType("billing.migrations")]
public interface IMigrationGrain : IGrainWithStringKey
{
    /// <summary>Lists who would be moved, and keeps that; the same again is Unchanged, other content a Conflict.</summary>
    [Alias("preview")]
    [ResponseTimeout("00:05:00")]
    Task<CommandResult<MigrationView>> Preview(MigrationSpec spec);

    /// <summary>Moves them, each once. Answers when all have a result, or after a while with those that have; it goes on by itself, and
    /// asking again waits for more.</summary>
    [Alias("apply")]
    [ResponseTimeout("00:05:00")]
    Task<CommandResult<MigrationView>> Apply(string plan, string id);

    /// <summary>A migration of a plan, or null.</summary>
    [Alias("get")]
    Task<MigrationView?> Get(string plan, string id);

    /// <summary>Migrations of a plan by id, without items.</summary>
    [Alias("list")]
    Task<Page<MigrationView>> List(string plan, string? after, int limit);
}
