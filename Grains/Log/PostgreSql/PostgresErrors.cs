using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace OrleansBilling.Grains.Log.PostgreSql;

/// <summary>Says in the log's own terms what PostgreSQL or the network reports; never with the password.</summary>
internal static class PostgresErrors
{
    public static LogException Translate(NpgsqlException error, PostgresSettings settings)
    {
        var place = $"The database '{settings.Database}' at {settings.Server}";
        var code = (error as PostgresException)?.SqlState;
        if (code is PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted)
        {
            return new LogCorruptException($"{place} is damaged. {Detail(error)}", error);
        }
        return new StoreFailedException(
            $"{place} cannot be used: {Problem(error, code, settings)}. {Detail(error)}", error)
        {
            Transient = IsPassing(error, code),
        };
    }

    /// <summary>Whether the connection was lost before an answer: asking again on a new one may help at once.</summary>
    public static bool IsConnectionLost(NpgsqlException error) => error is PostgresException postgres
        ? postgres.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
        : error.InnerException is IOException or SocketException { SocketErrorCode: not SocketError.ConnectionRefused };

    // A restart, a failover or a lost connection passes by itself; a full disk or a missing right waits for a person.
    private static bool IsPassing(NpgsqlException error, string? code) => code switch
    {
        PostgresErrorCodes.DiskFull => false,
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.ReadOnlySqlTransaction => true,
        _ => error.IsTransient,
    };

    private static string Problem(NpgsqlException error, string? code, PostgresSettings settings) => code switch
    {
        null => ProblemOfConnection(error),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"the server refuses the user '{settings.User}' or the password",
        PostgresErrorCodes.InvalidCatalogName => "there is no such database; create it first",
        PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown => "the server ended the connection",
        PostgresErrorCodes.CannotConnectNow => "the server is starting or stopping",
        PostgresErrorCodes.TooManyConnections => "the server has no connection left",
        PostgresErrorCodes.DiskFull => "the server's disk is full",
        PostgresErrorCodes.OutOfMemory => "the server has no memory left",
        PostgresErrorCodes.LockNotAvailable => "another session has kept it locked for too long",
        PostgresErrorCodes.QueryCanceled => "the server gave up after the time allowed to a statement",
        PostgresErrorCodes.InsufficientPrivilege => $"the user '{settings.User}' may not do that",
        PostgresErrorCodes.ReadOnlySqlTransaction => "it is read-only, perhaps a standby",
        _ => "the server refused",
    };

    private static string ProblemOfConnection(NpgsqlException error) => error.InnerException switch
    {
        TimeoutException => "the server does not answer in time",
        SocketException => "the server cannot be reached",
        _ => "the connection broke",
    };

    private static string Detail(NpgsqlException error) => error is PostgresException postgres
        ? string.Create(CultureInfo.InvariantCulture, $"{postgres.MessageText} ({postgres.SqlState})")
        : error.InnerException?.Message ?? error.Message;
}
