using System.Runtime.CompilerServices;
using OrleansBilling.Contracts.Accounting;
using OrleansBilling.Contracts.Partitions;

namespace OrleansBilling.Gateway.Accounting;

/// <summary>Entries of all partitions as one sequence, by customer and number. No more than a page of each partition is held.</summary>
internal static class AccountingReader
{
    private const int PageSize = 500;

    /// <param name="first">Which entries, from the first one on.</param>
    public static async IAsyncEnumerable<AccountingEntry> ReadAsync(
        IPartitionGrain[] partitions, AccountingQuery first, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var sources = Array.ConvertAll(partitions, p => ReadAsync(p, first with { Limit = PageSize }).GetAsyncEnumerator(cancellation));
        var next = new PriorityQueue<IAsyncEnumerator<AccountingEntry>, string>(StringComparer.Ordinal);
        // A customer is in one partition, so that the order of customers is the order of all.
        await Task.WhenAll(sources.Select(async source =>
        {
            if (await source.MoveNextAsync())
            {
                lock (next)
                {
                    next.Enqueue(source, source.Current.Customer);
                }
            }
        }));
        while (next.TryDequeue(out var source, out _))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return source.Current;
            if (await source.MoveNextAsync())
            {
                next.Enqueue(source, source.Current.Customer);
            }
        }
    }

    private static async IAsyncEnumerable<AccountingEntry> ReadAsync(IPartitionGrain partition, AccountingQuery first)
    {
        for (var query = first; ;)
        {
            var page = await partition.AccountingEntries(query);
            foreach (var entry in page)
            {
                yield return entry;
            }
            if (page.Length < query.Limit)
            {
                yield break;
            }
            query = query with { AfterCustomer = page[^1].Customer, AfterNumber = page[^1].Entry.Number };
        }
    }
}
