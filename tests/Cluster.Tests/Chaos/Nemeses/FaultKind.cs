namespace OrleansBilling.Cluster.Tests.Chaos.Nemeses;

/// <summary>What the nemesis can do to a cluster.</summary>
internal enum FaultKind
{
    /// <summary>SIGKILL to a silo; it comes back, sometimes with another address.</summary>
    KillSilo,

    /// <summary>SIGKILL to a gateway; it comes back, sometimes with another address.</summary>
    KillGateway,

    /// <summary>SIGSTOP to a silo until all others hold it for dead, then SIGCONT.</summary>
    PauseSilo,

    /// <summary>An orderly restart of PostgreSQL.</summary>
    RestartDatabase,

    /// <summary>PostgreSQL stops at once and recovers from its log.</summary>
    CrashDatabase,

    /// <summary>Connections of a silo, sometimes of a gateway, to the database are reset.</summary>
    CutDatabase,

    /// <summary>The link of a silo, sometimes of a gateway, to the database holds requests, answers or both.</summary>
    HoldDatabase,

    /// <summary>Each chunk between silos and database waits: a slow disk.</summary>
    SlowDatabase,

    /// <summary>Connections of other silos to a silo are reset.</summary>
    CutSilo,

    /// <summary>What other silos tell a silo is held, or its answers, or both.</summary>
    HoldSilo,

    /// <summary>Connections of gateways to a silo are reset.</summary>
    CutGateway,

    /// <summary>What gateways tell a silo is held, or its answers, or both.</summary>
    HoldGateway,

    /// <summary>SIGTERM to each silo, one after the other, as a new version is rolled out.</summary>
    RollSilos,

    /// <summary>From three silos to one, to four, to three.</summary>
    Scale,

    /// <summary>SIGKILL to every silo and gateway at once; all come back, some with other addresses.</summary>
    KillEverything,
}
