namespace OrleansBilling.Simulation.Running;

/// <summary>
/// What one simulation is made of. Each seed leaves some kinds of trouble out, so that rare combinations of the others get
/// their turn. Chances are out of a thousand.
/// </summary>
internal sealed record RunPlan
{
    public required int Partitions { get; init; }

    public required int Silos { get; init; }

    /// <summary>Events that clients will invent.</summary>
    public required int Events { get; init; }

    /// <summary>How long there is trouble; then everything heals.</summary>
    public required TimeSpan Trouble { get; init; }

    /// <summary>Whether the tasks of a process run in the order in which they became ready.</summary>
    public required bool InOrder { get; init; }

    /// <summary>Records after which a partition saves a snapshot.</summary>
    public required int SnapshotEvery { get; init; }

    public required bool Crashes { get; init; }

    public required bool Pauses { get; init; }

    public required bool Outages { get; init; }

    public required bool Moves { get; init; }

    public required bool Cuts { get; init; }

    public required bool SplitViews { get; init; }

    /// <summary>Silos that stop as they should: hand over, flush, go.</summary>
    public required bool Stops { get; init; }

    /// <summary>Clocks of silos that are set while they run.</summary>
    public required bool ClockJumps { get; init; }

    /// <summary>Bytes that may wait for the store; few make the log refuse work. More than the largest record.</summary>
    public required int MostWaiting { get; init; }

    /// <summary>A call to the store that is never executed.</summary>
    public required int StoreLost { get; init; }

    /// <summary>A call to the store that is executed, and whose answer is lost.</summary>
    public required int StoreUnanswered { get; init; }

    /// <summary>A call to the store that is executed after its caller has given up.</summary>
    public required int StoreLate { get; init; }

    public required int MessageLost { get; init; }

    public required int MessageTwice { get; init; }

    /// <summary>A caller that goes to any silo instead of the owner.</summary>
    public required int Misrouted { get; init; }

    /// <summary>No trouble at all.</summary>
    public static RunPlan Calm(int partitions, int silos) => new()
    {
        Partitions = partitions,
        Silos = silos,
        Events = 0,
        Trouble = TimeSpan.Zero,
        InOrder = true,
        SnapshotEvery = 1_000,
        Crashes = false,
        Pauses = false,
        Outages = false,
        Moves = false,
        Cuts = false,
        SplitViews = false,
        Stops = false,
        ClockJumps = false,
        MostWaiting = 1 << 20,
        StoreLost = 0,
        StoreUnanswered = 0,
        StoreLate = 0,
        MessageLost = 0,
        MessageTwice = 0,
        Misrouted = 0,
    };

    public static RunPlan Draw(Dice dice) => new()
    {
        Partitions = 1 + dice.Next(3),
        Silos = 2 + dice.Next(2),
        Events = 15 + dice.Next(40),
        Trouble = dice.Milliseconds(6_000, 14_000),
        InOrder = dice.Chance(300),
        SnapshotEvery = 8 + dice.Next(40),
        Crashes = dice.Chance(700),
        Pauses = dice.Chance(700),
        Outages = dice.Chance(400),
        Moves = dice.Chance(500),
        Cuts = dice.Chance(400),
        SplitViews = dice.Chance(400),
        Stops = dice.Chance(400),
        ClockJumps = dice.Chance(300),
        MostWaiting = dice.Chance(200) ? 2_500 + dice.Next(3_000) : 1 << 20,
        StoreLost = dice.Chance(600) ? dice.Next(60) : 0,
        StoreUnanswered = dice.Chance(600) ? dice.Next(60) : 0,
        StoreLate = dice.Chance(600) ? dice.Next(60) : 0,
        MessageLost = dice.Chance(600) ? dice.Next(80) : 0,
        MessageTwice = dice.Chance(600) ? dice.Next(80) : 0,
        Misrouted = dice.Chance(400) ? dice.Next(20) : 0,
    };
}
