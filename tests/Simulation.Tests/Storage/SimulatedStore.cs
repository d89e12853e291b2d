using OrleansBilling.Grains.Log;
using OrleansBilling.Simulation.Running;

namespace OrleansBilling.Simulation.Storage;

/// <summary>One database for all silos, and all that can happen between it and them.</summary>
internal sealed class SimulatedStore(World world, StoreImage image)
{
    private static readonly TimeSpan GivenUpAfter = TimeSpan.FromSeconds(3);

    public StoreImage Image => image;

    /// <summary>Whether calls get lost at all.</summary>
    public bool Healthy { get; set; }

    /// <summary>While it is down nothing is executed, whatever came before or comes now.</summary>
    public bool Down { get; set; }

    public StoreConnection Connect(string who) => new(this, world, who);

    /// <summary>Sends a call on its way. Its caller may die meanwhile: what has left it may still be executed.</summary>
    /// <param name="cut">Whether the connection is cut at that moment.</param>
    public Task<T> Call<T>(string who, string what, Func<bool> cut, Func<StoreImage, T> execute)
    {
        // Continuations that must run asynchronously would go to the thread pool under Task.WhenAll; these are answered by the
        // timeline, outside every process, and so are queued in theirs.
        var answer = new TaskCompletionSource<T>();
        var fate = Fate();
        var arrives = Latency();
        if (cut())
        {
            Fail(answer, who, what, "no connection", world.Dice.Milliseconds(1, 1_000));
            return answer.Task;
        }
        switch (fate)
        {
            case CallFate.Lost:
                Fail(answer, who, what, "lost", world.Dice.Between(arrives, GivenUpAfter));
                break;
            case CallFate.Late:
                var gaveUp = world.Dice.Between(arrives, GivenUpAfter);
                Fail(answer, who, what, "given up", gaveUp);
                world.Timeline.In(
                    gaveUp + world.Dice.Milliseconds(0, world.Dice.Chance(500) ? 60 : 8_000),
                    () => Execute(answer, who, what, execute, cut, answered: false));
                break;
            default:
                world.Timeline.In(
                    arrives, () => Execute(answer, who, what, execute, cut, fate == CallFate.Answered));
                break;
        }
        return answer.Task;
    }

    private void Execute<T>(
        TaskCompletionSource<T> answer, string who, string what, Func<StoreImage, T> execute, Func<bool> cut, bool answered)
    {
        if (Down)
        {
            Fail(answer, who, what, "the store is down", world.Dice.Milliseconds(1, 500));
            return;
        }
        T result;
        try
        {
            result = execute(image);
        }
        catch (Exception refusal)
        {
            world.Timeline.In(Latency(), () => answer.TrySetException(refusal));
            return;
        }
        if (world.Trace.IsRead)
        {
            world.Trace.Note($"{who} {what} executed{(answered ? "" : ", will not be answered")}: {Describe(result)}");
        }
        world.Trace.Add(what, Code(result), answered ? 1 : 0);
        Look(result, answered);
        if (answered && !cut())
        {
            world.Timeline.In(Latency(), () => answer.TrySetResult(result));
        }
        else
        {
            Fail(answer, who, what, "answer lost", world.Dice.Between(TimeSpan.Zero, GivenUpAfter));
        }
    }

    private void Look<T>(T result, bool answered)
    {
        if (result is AppendOutcome[] outcomes)
        {
            foreach (var outcome in outcomes)
            {
                world.Saw(outcome switch
                {
                    AppendOutcome.Written => answered ? "written" : "written without an answer",
                    AppendOutcome.Fenced => "fenced",
                    _ => "out of sequence",
                });
            }
        }
        else if (result is Snapshot)
        {
            world.Saw("loaded from a snapshot");
        }
    }

    private void Fail<T>(TaskCompletionSource<T> answer, string who, string what, string why, TimeSpan after)
    {
        var transient = !world.Dice.Chance(100);
        world.Timeline.In(after, () =>
        {
            if (answer.TrySetException(new StoreFailedException($"{what}: {why}", new TimeoutException()) { Transient = transient }))
            {
                world.Trace.Add(why, transient ? 1 : 0);
                world.Trace.Note($"{who} {what} failed");
            }
        });
    }

    private CallFate Fate()
    {
        if (Healthy)
        {
            return CallFate.Answered;
        }
        var throwOf = world.Dice.Next(1000);
        var (lost, unanswered, late) = (world.Plan.StoreLost, world.Plan.StoreUnanswered, world.Plan.StoreLate);
        return throwOf < lost ? CallFate.Lost
            : throwOf < lost + unanswered ? CallFate.Unanswered
            : throwOf < lost + unanswered + late ? CallFate.Late
            : CallFate.Answered;
    }

    /// <summary>Mostly quick, so that most of the time something gets done.</summary>
    private TimeSpan Latency() =>
        Healthy || !world.Dice.Chance(50)
            ? world.Dice.Between(TimeSpan.FromMicroseconds(200), TimeSpan.FromMilliseconds(6))
            : world.Dice.Milliseconds(6, 900);

    private static long Code<T>(T result) => result switch
    {
        AppendOutcome[] outcomes => outcomes.Aggregate(1L, (code, outcome) => (code * 3) + (int)outcome),
        PartitionClaim claim => (claim.Epoch * 100_000) + claim.LastLsn,
        LogPosition position => (position.Epoch * 100_000) + position.LastLsn,
        SegmentWrite[] segments => segments.Length,
        _ => 0,
    };

    private static string Describe<T>(T result) => result switch
    {
        AppendOutcome[] outcomes => string.Join(' ', outcomes),
        long[] epochs => string.Join(' ', epochs),
        SegmentWrite[] segments => $"{segments.Length} segments",
        _ => $"{result}",
    };

    private enum CallFate
    {
        Answered,
        Unanswered,
        Lost,
        Late,
    }
}
