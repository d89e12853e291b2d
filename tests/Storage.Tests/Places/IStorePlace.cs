using OrleansBilling.Grains.Log;

namespace OrleansBilling.Storage.Tests.Places;

/// <summary>Where the store of one test is: suites written once run on every kind of store by it.</summary>
public interface IStorePlace : IAsyncDisposable
{
    /// <summary>Makes the place, empty; comes first.</summary>
    Task PrepareAsync();

    /// <summary>A store, not open yet; always the same data.</summary>
    IPartitionStore CreateStore();

    /// <summary>Runs a statement past the store, to do damage.</summary>
    Task ExecuteAsync(string sql);

    /// <summary>Reads a number past the store.</summary>
    Task<long> ReadLongAsync(string sql);

    Task<byte[]> ReadBytesAsync(string sql);

    /// <param name="sql">With the bytes as <c>@bytes</c>.</param>
    Task WriteBytesAsync(string sql, byte[] bytes);
}
