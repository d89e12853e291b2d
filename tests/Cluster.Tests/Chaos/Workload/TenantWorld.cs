using System.Collections.Concurrent;
using OrleansBilling.Cluster.Tests.Chaos.Journals;

namespace OrleansBilling.Cluster.Tests.Chaos.Workload;

/// <summary>What the clients of one tenant know together.</summary>
internal sealed class TenantWorld(string id, bool testClock, TimeProvider time)
{
    private readonly Lock _gate = new();
    private DateTimeOffset _testNow;
    private string[] _devices = [];

    public string Id { get; } = id;

    public bool TestClock { get; } = testClock;

    public string Key { get; set; } = "";

    /// <summary>Events that were refused because they lay ahead of the clock; they are sent again at the end.</summary>
    public ConcurrentQueue<SentEvent> Refused { get; } = new();

    /// <summary>The wall clock, or the test clock as it was last confirmed.</summary>
    public DateTimeOffset Now
    {
        get
        {
            lock (_gate)
            {
                return TestClock ? _testNow : time.GetUtcNow();
            }
        }
    }

    public void SetTestNow(DateTimeOffset now)
    {
        lock (_gate)
        {
            _testNow = now;
        }
    }

    /// <summary>Devices whose registration was confirmed.</summary>
    public string[] Devices
    {
        get
        {
            lock (_gate)
            {
                return _devices;
            }
        }
    }

    public void AddDevice(string device)
    {
        lock (_gate)
        {
            _devices = [.. _devices, device];
        }
    }
}
