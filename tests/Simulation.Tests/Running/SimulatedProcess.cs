namespace OrleansBilling.Simulation.Running;

/// <summary>
/// The tasks of one process. They run one at a time, on the thread of the simulation, in an order that the dice choose: every
/// continuation is a point at which anything else may happen first.
/// </summary>
internal sealed class SimulatedProcess(World world, string name) : TaskScheduler
{
    private readonly List<Task> _ready = [];
    private readonly int _thread = Environment.CurrentManagedThreadId;

    /// <summary>For traces.</summary>
    public string Name { get; } = name;

    /// <summary>Its tasks stand still while time goes on.</summary>
    public bool Paused { get; set; }

    /// <summary>None of its tasks ever runs again.</summary>
    public bool Dead { get; private set; }

    public bool CanRun => _ready.Count > 0 && !Paused;

    public void Kill()
    {
        Dead = true;
        _ready.Clear();
    }

    /// <summary>Starts something in the process; its exceptions are findings, because nobody else would see them.</summary>
    public void Start(Func<Task> work) =>
        _ = Task.Factory.StartNew(
            async () =>
            {
                try
                {
                    await work();
                }
                catch (Exception unexpected)
                {
                    world.Findings.Add("surprise", $"{Name}: {unexpected}");
                }
            },
            CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    /// <summary>Runs a short piece of code in the process.</summary>
    public void Post(Action work) =>
        _ = Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    /// <summary>Runs one task that is ready.</summary>
    public void RunOne()
    {
        var index = world.Plan.InOrder ? 0 : world.Dice.Next(_ready.Count);
        var task = _ready[index];
        _ready.RemoveAt(index);
        TryExecuteTask(task);
    }

    protected override void QueueTask(Task task)
    {
        if (Environment.CurrentManagedThreadId != _thread)
        {
            world.Escaped();
        }
        else if (!Dead)
        {
            _ready.Add(task);
        }
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _ready;
}
