using OrleansBilling.Simulation.Running;

namespace OrleansBilling.Simulation.Cluster;

/// <summary>Carries calls to silos and their answers back; loses, repeats and delays both.</summary>
internal sealed class Network(World world, SimulatedCluster cluster)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private readonly HashSet<(int From, int To)> _cut = [];

    /// <summary>The caller's number when it is a client.</summary>
    public const int Outside = -1;

    /// <summary>Whether messages get lost at all.</summary>
    public bool Healthy { get; set; }

    public void Cut(int from, int to) => _cut.Add((from, to));

    public void Mend(int from, int to) => _cut.Remove((from, to));

    /// <summary>At most once unless the network repeats it; without an answer the outcome is unknown.</summary>
    /// <exception cref="TimeoutException">No answer came in time, or nobody runs there.</exception>
    public Task<T> Call<T>(int from, int to, Func<SimulatedSilo, Task<T>> serve)
    {
        // As in the store: no continuation may go to the thread pool.
        var answer = new TaskCompletionSource<T>();
        world.Timeline.In(Patience, () => answer.TrySetException(new TimeoutException("No answer came in time.")));
        Send(from, to, serve, answer);
        if (!Healthy && world.Dice.Chance(world.Plan.MessageTwice))
        {
            Send(from, to, serve, answer);
        }
        return answer.Task;
    }

    private void Send<T>(int from, int to, Func<SimulatedSilo, Task<T>> serve, TaskCompletionSource<T> answer)
    {
        if (Passes(from, to))
        {
            world.Timeline.In(Latency(), () => Arrive(from, to, serve, answer));
        }
    }

    private void Arrive<T>(int from, int to, Func<SimulatedSilo, Task<T>> serve, TaskCompletionSource<T> answer)
    {
        var silo = cluster.Silos[to];
        if (!silo.Running)
        {
            answer.TrySetException(new TimeoutException("Nobody runs there."));
            return;
        }
        silo.Process.Start(async () =>
        {
            try
            {
                var result = await serve(silo);
                Answer(from, to, () => answer.TrySetResult(result));
            }
            catch (Exception refusal)
            {
                Answer(from, to, () => answer.TrySetException(refusal));
            }
        });
    }

    private void Answer(int from, int to, Action deliver)
    {
        if (Passes(to, from))
        {
            world.Timeline.In(Latency(), deliver);
        }
    }

    private bool Passes(int from, int to) =>
        from == to || Healthy || (!_cut.Contains((from, to)) && !world.Dice.Chance(world.Plan.MessageLost));

    private TimeSpan Latency() =>
        Healthy || !world.Dice.Chance(50)
            ? world.Dice.Between(TimeSpan.FromMicroseconds(50), TimeSpan.FromMilliseconds(4))
            : world.Dice.Milliseconds(4, 3_000);
}
