using OrleansBilling.Tests.Support;
using Xunit;

namespace OrleansBilling.Storage.Tests.PostgreSql;

/// <summary>The tests' own server does what the tests rely on.</summary>
public sealed class PrivatePostgresTests
{
    [Fact]
    public async Task A_crashed_or_stopped_server_comes_back_at_its_port_with_what_was_committed()
    {
        await using var server = await PrivatePostgres.StartNewAsync(
            new Dictionary<string, string> { ["work_mem"] = "5MB" });
        var database = await server.CreateDatabaseAsync();
        await server.ExecuteAsync("CREATE TABLE kept (n int)", database);

        await server.ExecuteAsync("INSERT INTO kept VALUES (1)", database);
        await server.CrashAsync();
        Assert.False(server.IsRunning);
        await server.StartAsync();
        await server.ExecuteAsync("INSERT INTO kept VALUES (2)", database);
        await server.RestartAsync(PostgresStop.Immediate);
        await server.ExecuteAsync("INSERT INTO kept VALUES (3)", database);
        await server.RestartAsync();

        Assert.Equal(3, await server.ReadAsync<long>("SELECT count(*) FROM kept", database));
        Assert.Equal("5MB on", await server.ReadAsync<string>(
            "SELECT current_setting('work_mem') || ' ' || current_setting('fsync')"));
        Assert.Contains("database system was not properly shut down", await File.ReadAllTextAsync(server.LogPath),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_paused_server_answers_again_when_it_goes_on_and_removes_its_files_at_the_end()
    {
        var server = await PrivatePostgres.StartNewAsync();
        server.Pause();
        var answer = server.ReadAsync<int>("SELECT 7");
        Assert.False(answer.IsCompleted);
        server.Resume();
        Assert.Equal(7, await answer);

        await server.DisposeAsync();

        Assert.False(Directory.Exists(server.DataDirectory));
    }
}
