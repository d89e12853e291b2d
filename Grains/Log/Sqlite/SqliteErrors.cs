using Microsoft.Data.Sqlite;
using static SQLitePCL.raw;

namespace OrleansBilling.Grains.Log.Sqlite;

/// <summary>Says in the log's own terms what SQLite reports.</summary>
internal static class SqliteErrors
{
    public static bool IsCorruption(SqliteException error) =>
        error.SqliteErrorCode is SQLITE_CORRUPT or SQLITE_NOTADB or SQLITE_FORMAT;

    public static LogException Translate(SqliteException error, string path)
    {
        if (IsCorruption(error))
        {
            return new LogCorruptException($"The log file '{path}' is damaged. {error.Message}", error);
        }
        var problem = error.SqliteErrorCode switch
        {
            SQLITE_FULL => "the disk, or the space allowed to the log, is full",
            SQLITE_IOERR => "the disk reports an input/output error",
            SQLITE_READONLY => "it is read-only",
            SQLITE_BUSY or SQLITE_LOCKED => "another program keeps it locked",
            SQLITE_CANTOPEN => "it cannot be opened",
            _ => "SQLite refused",
        };
        return new StoreFailedException($"The log file '{path}' cannot be used: {problem}. {error.Message}", error);
    }

    /// <exception cref="SqliteException">The code is an error.</exception>
    public static void Check(int code, SQLitePCL.sqlite3 db)
    {
        if (code is not (SQLITE_OK or SQLITE_ROW or SQLITE_DONE))
        {
            throw new SqliteException($"SQLite error {code}: {sqlite3_errmsg(db).utf8_to_string()}.",
                code & 0xFF, code);
        }
    }
}
