using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace OrleansBilling.Grains.Log.Sqlite;

/// <summary>
/// The one connection that writes, on a thread of its own: a commit blocks until the disk has it, and must not hold
/// up the thread pool for that long.
/// </summary>
internal sealed class SqliteWriteThread : IAsyncDisposable
{
    private readonly BlockingCollection<Action> _jobs = [];
    private readonly SqliteConnection _connection;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="connection">Open; the thread disposes it when it ends.</param>
    public SqliteWriteThread(SqliteConnection connection)
    {
        _connection = connection;
        new Thread(Run) { IsBackground = true, Name = "billing-log-sqlite" }.Start();
    }

    /// <summary>Runs the work after all that came before it.</summary>
    public Task<T> RunAsync<T>(Func<SqliteConnection, T> work, CancellationToken ct)
    {
        var completion = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _jobs.Add(() =>
        {
            try
            {
                ct.ThrowIfCancellationRequested();
                completion.SetResult(work(_connection));
            }
            catch (Exception error)
            {
                completion.SetException(error);
            }
        }, CancellationToken.None);
        return completion.Task;
    }

    /// <summary>Runs the work in one transaction, which takes the write lock at once.</summary>
    public Task<T> TransactAsync<T>(Func<SqliteConnection, T> work, CancellationToken ct) =>
        RunAsync(connection => Transact(connection, work), ct);

    /// <summary>Finishes the jobs at hand and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _jobs.CompleteAdding();
        await _ended.Task;
    }

    private static T Transact<T>(SqliteConnection connection, Func<SqliteConnection, T> work)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var result = work(connection);
        transaction.Commit();
        return result;
    }

    private void Run()
    {
        try
        {
            foreach (var job in _jobs.GetConsumingEnumerable())
            {
                job();
            }
            _connection.Dispose();
            _ended.SetResult();
        }
        catch (Exception error)
        {
            _ended.SetException(error);
        }
    }
}
