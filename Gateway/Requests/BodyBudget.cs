using System.Buffers;
using OrleansBilling.Gateway.Problems;

namespace OrleansBilling.Gateway.Requests;

/// <summary>Memory for all bodies that are being read at a time: senders beyond it are told to slow down.</summary>
public sealed class BodyBudget
{
    /// <summary>Bytes of all bodies together.</summary>
    public const long Limit = 512L * 1024 * 1024;

    private long _used;

    /// <summary>A pooled buffer of at least that size; give it back.</summary>
    /// <exception cref="ProblemException">429 when the budget is used up.</exception>
    public byte[] Rent(int size)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(size);
        if (Interlocked.Add(ref _used, buffer.Length) <= Limit)
        {
            return buffer;
        }
        Return(buffer);
        throw new ProblemException(Problem.TooMany());
    }

    /// <summary>Takes a buffer back.</summary>
    public void Return(byte[] buffer)
    {
        Interlocked.Add(ref _used, -buffer.Length);
        ArrayPool<byte>.Shared.Return(buffer);
    }
}
