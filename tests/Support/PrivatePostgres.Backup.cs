using System.Globalization;

namespace OrleansBilling.Tests.Support;

/// <summary>Backup and restore with PostgreSQL's own means, as docs/operations.md tells operators.</summary>
public sealed partial class PrivatePostgres
{
    private string ArchiveDirectory => Path.Combine(_directory, "archive");

    private string BackupDirectory => Path.Combine(_directory, "backup");

    /// <summary>Restarts with continuous archiving of the write-ahead log.</summary>
    public async Task ArchiveAsync()
    {
        Directory.CreateDirectory(ArchiveDirectory);
        await PostgresBinaries.GiveAsync(ArchiveDirectory);
        _settings["archive_mode"] = "on";
        _settings["archive_command"] = $"test ! -f {ArchiveDirectory}/%f && cp %p {ArchiveDirectory}/%f";
        await RestartAsync();
    }

    /// <summary>A base backup of the running server.</summary>
    public async Task BackUpAsync()
    {
        Directory.CreateDirectory(BackupDirectory);
        if (!OperatingSystem.IsWindows())
        {
            // What the server demands of its data directory, which the backup is to become.
            File.SetUnixFileMode(BackupDirectory, (UnixFileMode)0b111_000_000);
        }
        await PostgresBinaries.GiveAsync(BackupDirectory);
        var backup = PostgresBinaries.Program(
            "pg_basebackup", "-h", Host, "-p", Port.ToString(CultureInfo.InvariantCulture), "-U", User, "-D", BackupDirectory,
            "--checkpoint=fast", "--wal-method=stream", "--no-sync");
        backup.Environment["PGPASSWORD"] = Password;
        await PostgresBinaries.RunAsync(backup);
    }

    /// <summary>Waits until everything written by now is in the archive.</summary>
    public async Task ArchivedAsync()
    {
        var last = await ReadAsync<string>("SELECT pg_walfile_name(pg_switch_wal())");
        await Wait.UntilAsync(
            () => File.Exists(Path.Combine(ArchiveDirectory, last)), $"the write-ahead log is archived up to {last}");
    }

    /// <summary>Throws the server's data away, and recovers the backup and the archive to an instant.</summary>
    /// <param name="instant">As PostgreSQL writes a timestamp with its zone.</param>
    public async Task RestoreAsync(string instant)
    {
        await StopAsync(PostgresStop.Immediate);
        Directory.Delete(DataDirectory, recursive: true);
        Directory.Move(BackupDirectory, DataDirectory);
        var signal = Path.Combine(DataDirectory, "recovery.signal");
        await File.WriteAllTextAsync(signal, "");
        await PostgresBinaries.GiveAsync(signal);
        _settings["restore_command"] = $"cp {ArchiveDirectory}/%f %p";
        _settings["recovery_target_time"] = instant;
        _settings["recovery_target_action"] = "promote";
        await StartAsync();
        await Wait.UntilAsync(async () => !await ReadAsync<bool>("SELECT pg_is_in_recovery()"), "the server has recovered");
    }
}
