namespace OrleansBilling.Simulation.Running;

/// <summary>A process's clock: virtual time, a little off, and timers that fire in the process.</summary>
internal sealed class SimulatedClock(World world, SimulatedProcess process, TimeSpan skew) : TimeProvider
{
    private TimeSpan _skew = skew;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => World.Begin.AddTicks(world.Timeline.Now) + _skew;

    /// <summary>Somebody sets the clock; timers and time stamps do not care.</summary>
    public void Jump(TimeSpan by) => _skew += by;

    public override long GetTimestamp() => world.Timeline.Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(world, process, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(World world, SimulatedProcess process, Action callback) : ITimer
    {
        private TimeSpan _period;
        private int _setting;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _period = period;
            Arm(dueTime, ++_setting);
            return true;
        }

        public void Dispose() => _setting++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        private void Arm(TimeSpan due, int setting)
        {
            if (due != Timeout.InfiniteTimeSpan)
            {
                world.Timeline.In(due, () => Fire(setting));
            }
        }

        private void Fire(int setting)
        {
            if (setting != _setting || process.Dead)
            {
                return;
            }
            process.Post(() =>
            {
                if (setting == _setting)
                {
                    callback();
                }
            });
            Arm(_period > TimeSpan.Zero ? _period : Timeout.InfiniteTimeSpan, setting);
        }
    }
}
