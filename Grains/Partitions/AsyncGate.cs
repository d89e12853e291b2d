namespace OrleansBilling.Grains.Partitions;

/// <summary>
/// Lets one caller in at a time, in the order of their calls. Holds no handle, so there is nothing to dispose of.
/// </summary>
internal sealed class AsyncGate
{
    private Task _last = Task.CompletedTask;

    /// <summary>Runs after everybody who called before, whether they succeeded or not.</summary>
    public Task<T> Run<T>(Func<Task<T>> turn)
    {
        lock (this)
        {
            var mine = After(_last, turn);
            _last = mine;
            return mine;
        }
    }

    /// <inheritdoc cref="Run{T}"/>
    public Task Run(Func<Task> turn) => Run(async () =>
    {
        await turn();
        return true;
    });

    private static async Task<T> After<T>(Task before, Func<Task<T>> turn)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        return await turn();
    }
}
