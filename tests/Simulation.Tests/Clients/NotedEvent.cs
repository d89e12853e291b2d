using OrleansBilling.Contracts.Usage;

namespace OrleansBilling.Simulation.Clients;

/// <summary>An event as a client wrote it down: what it sent and what it was told.</summary>
internal sealed class NotedEvent(int partition, int device, string id, long unixTicks, decimal value)
{
    public int Partition => partition;

    public int Device => device;

    public string Id => id;

    public long UnixTicks => unixTicks;

    /// <summary>What it is meant to say; sometimes something else is sent under its id.</summary>
    public decimal Value => value;

    /// <summary>Everything that was ever sent under the id.</summary>
    public HashSet<decimal> Sent { get; } = [];

    /// <summary>The clear answers, each with what it was an answer to.</summary>
    public List<(UsageStatus Status, decimal Value)> Answers { get; } = [];

    /// <summary>Whether the event itself got a clear answer; until then it is sent again.</summary>
    public bool Settled { get; private set; }

    public void Note(decimal sent, in UsageResult result)
    {
        Answers.Add((result.Status, sent));
        Settled |= sent == value;
    }
}
