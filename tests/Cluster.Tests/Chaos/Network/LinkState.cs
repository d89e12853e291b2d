namespace OrleansBilling.Cluster.Tests.Chaos.Network;

/// <summary>What a <see cref="TcpProxy"/> does to its connections.</summary>
internal enum LinkState
{
    /// <summary>Forwards everything.</summary>
    Open,

    /// <summary>Resets every connection, and each new one.</summary>
    Cut,

    /// <summary>Takes connections and bytes, delivers nothing in either direction.</summary>
    BlackHole,

    /// <summary>What the caller sends is held; answers pass.</summary>
    HoldsRequests,

    /// <summary>What the server sends is held; requests pass. The outcome of a request is then unknown.</summary>
    HoldsAnswers,
}
