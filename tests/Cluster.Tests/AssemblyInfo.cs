using Xunit;

// Each test drives a whole server; two at a time would only measure the machine.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
