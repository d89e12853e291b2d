using Microsoft.Data.Sqlite;

namespace OrleansBilling.Grains.Log.Sqlite;

/// <summary>
/// Moves the write-ahead log into the file beside the commits: a connection of its own copies most of it, and the
/// writing thread only what came meanwhile, so that the log can start over. Otherwise one commit in a hundred would
/// wait for all of it.
/// </summary>
internal sealed class SqliteCheckpointer(
    SqliteWriteThread writer, SqliteConnection connection, SqliteStoreOptions options) : IAsyncDisposable
{
    private const string CheckpointSql = "PRAGMA wal_checkpoint(PASSIVE)";

    // Rows of other tables and indexes that a segment's row changes as well.
    private const int PagesASegment = 4;

    private long _pages;
    private Task _running = Task.CompletedTask;

    /// <summary>Told of every append, on the writing thread.</summary>
    public void Appended(IReadOnlyList<SegmentWrite> segments)
    {
        for (var i = 0; i < segments.Count; i++)
        {
            _pages += PagesASegment + (segments[i].Encoded.Length / options.PageSizeBytes);
        }
        if (_pages >= options.CheckpointPages && _running.IsCompleted)
        {
            _pages = 0;
            _running = Task.Run(RunAsync);
        }
    }

    /// <remarks>Comes before the writing thread ends, and after the last append.</remarks>
    public async ValueTask DisposeAsync()
    {
        await _running;
        connection.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            connection.Execute(CheckpointSql);
            await writer.RunAsync(own => own.Execute(CheckpointSql), CancellationToken.None);
        }
        catch (SqliteException)
        {
            // The log only grows until a later attempt succeeds; a lasting fault fails the commits themselves.
        }
    }
}
