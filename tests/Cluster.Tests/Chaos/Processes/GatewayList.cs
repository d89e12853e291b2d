namespace OrleansBilling.Cluster.Tests.Chaos.Processes;

/// <summary>The gateways that clients choose from. A gateway that comes back on other ports replaces its entry.</summary>
internal sealed class GatewayList
{
    private readonly Lock _gate = new();
    private GatewayAddress[] _addresses = [];

    public GatewayAddress[] All
    {
        get
        {
            lock (_gate)
            {
                return _addresses;
            }
        }
    }

    public void Set(int number, GatewayAddress address)
    {
        lock (_gate)
        {
            var all = new GatewayAddress[Math.Max(_addresses.Length, number + 1)];
            _addresses.CopyTo(all, 0);
            all[number] = address;
            _addresses = all;
        }
    }

    public GatewayAddress Pick(Random random)
    {
        var all = All;
        return all[random.Next(all.Length)];
    }
}
