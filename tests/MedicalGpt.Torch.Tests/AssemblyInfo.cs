// Live bytes and random numbers are the process's: tests run one after another.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
