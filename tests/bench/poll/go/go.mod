module pollbench

go 1.19

require github.com/mmcdole/gofeed v1.2.1
